// @ts-check
/** How long after the end somebody may still be asked for a rating here: the next person must not give it. */
const RATED_WITHIN_MS = 10 * 60_000;

/** @typedef {{id: string, number: string, at: string}} Served */

/**
 * Whom a press has finished with, in one press with the next call or without; null when it finished nobody.
 * @param {import("./presses.js").Press} press
 * @returns {Served | null}
 */
export function servedBy(press) {
  if (press.phase !== "done" || !press.answer) return null;
  const { finished, ticket } = press.answer.body || {};
  const done = press.action === "finish_and_call" ? finished : press.action === "finish" ? ticket : null;
  return done && done.state === "done" ? { id: done.id, number: done.number, at: done.ended_at } : null;
}

/**
 * Who may be asked for a rating at this window: who is in service, else who was finished last.
 * @param {import("./types.js").Ticket | null} ticket the ticket at the window
 * @param {Served | null} served
 * @param {Date} now hall time
 * @returns {{id: string, number: string} | null}
 */
export function rateable(ticket, served, now) {
  if (ticket && ticket.state === "serving") return ticket;
  return served && now.getTime() - Date.parse(served.at) < RATED_WITHIN_MS ? served : null;
}
