// @ts-check
/** Where a person goes after signing in. */

const BY_ROLE = { clerk: "/counter", greeter: "/counter" };

/**
 * `next` counts only when it is a path of this server: a link in a mail must not lead elsewhere.
 * @param {string | null} next @param {string} role @param {string} origin
 */
export function destination(next, role, origin) {
  return safe(next, origin) || /** @type {Record<string, string>} */ (BY_ROLE)[role] || "/manager";
}

/** @param {string | null} next @param {string} origin */
function safe(next, origin) {
  if (!next || !next.startsWith("/")) return "";
  const url = new URL(next, origin);
  // The browser reads "//elsewhere" and "/\elsewhere" as another server; so does this parser.
  return url.origin === origin && !url.pathname.startsWith("/sign-in") ? url.pathname + url.search + url.hash : "";
}
