// @ts-check
/**
 * Whom the pad asks: whoever is or was last served at its window, until the next one is called. The
 * news forget a ticket that is done; the pad keeps its number for a while.
 *
 * @typedef {{number: string, goneAt: number | null}} Guest `goneAt`: monotonic ms since when nobody is there
 */

/** How long after the end somebody may still stand there, in milliseconds; the server's limit is later. */
export const KEPT_MS = 120_000;

/**
 * @param {Guest | null} before
 * @param {Record<string, {number: string, state: string, window?: string | null}>} tickets
 * @param {string} window
 * @param {number} now monotonic milliseconds
 * @returns {Guest | null}
 */
export function guestAt(before, tickets, window, now) {
  const here = Object.values(tickets).find((ticket) =>
    ticket.window === window && (ticket.state === "serving" || ticket.state === "called"));
  if (here && here.state === "serving") return before && before.number === here.number && before.goneAt === null
    ? before : { number: here.number, goneAt: null };
  // The next one comes: what is on the pad must not be answered by them.
  if (here) return null;
  if (!before) return null;
  if (before.goneAt === null) return { ...before, goneAt: now };
  return now - before.goneAt < KEPT_MS ? before : null;
}
