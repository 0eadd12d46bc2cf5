// @ts-check
/** @typedef {import("./types.js").Window} Window */

/**
 * The page's title carries the state, for the clerk who works in another program.
 * @param {Window} window
 * @param {import("./types.js").Ticket | null} ticket
 * @returns {{key: string, facts: Record<string, string>}}
 */
export function titleOf(window, ticket) {
  if (ticket) return { key: `counter.page.${ticket.state}`, facts: { number: ticket.number } };
  return { key: `counter.page.${window.state}`, facts: {} };
}
