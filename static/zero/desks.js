// @ts-check
/** The desks of the zero window's page, and who works at which. The server checks every order again. */

const FOR_ALL = ["clerk", "greeter", "supervisor"];

/** In the order of the tabs. @type {Record<string, string[]>} */
const DESKS = Object.freeze({
  window: ["clerk", "supervisor"],
  floor: ["greeter", "supervisor", "clerk"],
  phone: FOR_ALL,
  cases: [...FOR_ALL, "manager"],
  figures: ["supervisor", "manager", "auditor", "administrator"],
});

/** What each role opens when the address names no desk. @type {Record<string, string>} */
const FIRST = { clerk: "window", greeter: "floor", supervisor: "window", manager: "cases" };

/** @param {string} role */
export function desksOf(role) {
  return Object.keys(DESKS).filter((desk) => DESKS[desk].includes(role));
}

/**
 * What the address asks for: a desk, or a notice to print again. A desk that is not for the role
 * gives way to the role's own.
 * @param {string} search
 * @param {string} role
 * @returns {{desk: string, notice: string | null}}
 */
export function placeIn(search, role) {
  const asked = new URLSearchParams(search);
  const id = asked.get("notice");
  const own = desksOf(role);
  const named = asked.get("desk") || "";
  const desk = own.includes(named) ? named : FIRST[role] || own[0] || "figures";
  return { desk, notice: id && /^[0-9a-f]{32}$/.test(id) ? id : null };
}

/** @param {string} desk @param {string} [search] the present address: its language stays */
export function addressOf(desk, search = "") {
  const lang = new URLSearchParams(search).get("lang");
  return `/zero?desk=${desk}${lang ? `&lang=${encodeURIComponent(lang)}` : ""}`;
}
