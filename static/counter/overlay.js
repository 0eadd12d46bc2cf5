// @ts-check
/**
 * What an order answered, until the news have reached it. With the news cut off the clerk still
 * sees the ticket that was just called, and the large button never acts on a state already left.
 */
/** @typedef {import("./types.js").HallState} HallState */

/** States in which readers forget a ticket, as in docs/protocol.md. */
const ENDED = ["done", "left", "expired", "unfinished"];
/** How long an answer may stand in for the news, in milliseconds. A restored hall never reaches its seq. */
export const ANSWER_STANDS_MS = 10_000;

/**
 * @typedef {{seq: number, at: number, body: any}} Kept
 */

/**
 * The answers still ahead of the news.
 * @param {Kept[]} kept
 * @param {number} seq where the news are
 * @param {number} now monotonic milliseconds
 */
export function stillAhead(kept, seq, now) {
  return kept.filter((answer) => answer.seq > seq && now - answer.at < ANSWER_STANDS_MS);
}

/**
 * @param {Record<string, any>} tickets
 * @param {any} change
 */
function mergeTicket(tickets, change) {
  if (!change || !change.number) return tickets;
  const { [change.number]: known, ...others } = tickets;
  return ENDED.includes(change.state) ? others : { ...others, [change.number]: { ...known, ...change } };
}

/**
 * @param {HallState} state
 * @param {Kept[]} answers oldest first
 * @returns {HallState}
 */
export function withAnswers(state, answers) {
  let { tickets, windows } = state;
  for (const { body } of answers) {
    tickets = mergeTicket(mergeTicket(tickets, body.finished), body.ticket);
    const window = body.window;
    if (window && window.code) windows = { ...windows, [window.code]: { ...windows[window.code], ...window } };
  }
  return answers.length ? { ...state, tickets, windows } : state;
}
