// @ts-check
/**
 * The order behind each action: what docs/protocol.md calls it.
 *
 * @typedef {object} Context
 * @property {string} hall
 * @property {string} window code of this window
 * @property {string | null} ticket id of the ticket the action is about
 * @property {Record<string, unknown>} [body] what the clerk chose: a reason, a line, a note
 *
 * @typedef {{method: "POST", path: string, body: Record<string, unknown>}} Request
 */

/** Orders about the window. */
const OF_WINDOW = Object.freeze({
  open: "sessions",
  close: "closing",
  pause: "pauses",
  resume: "resumptions",
  call: "calls",
  finish_and_call: "calls",
});

/** Orders about a ticket. */
const OF_TICKET = Object.freeze({
  recall: "recalls",
  start: "starts",
  finish: "finishes",
  miss: "misses",
  reinstate: "reinstatements",
  call_back: "direct-calls",
  transfer: "transfers",
  leave: "departures",
  consult: "consultations",
});

/**
 * @param {string} action
 * @param {Context} context
 * @returns {Request}
 */
export function requestFor(action, { hall, window, ticket, body = {} }) {
  const root = `/api/halls/${encodeURIComponent(hall)}`;
  if (Object.hasOwnProperty.call(OF_WINDOW, action)) {
    const noun = OF_WINDOW[/** @type {keyof typeof OF_WINDOW} */ (action)];
    const finishing = action === "finish_and_call" ? { finishing: ticket } : {};
    const path = `${root}/windows/${encodeURIComponent(window)}/${noun}`;
    return { method: "POST", path, body: { ...body, ...finishing } };
  }
  const noun = OF_TICKET[/** @type {keyof typeof OF_TICKET} */ (action)];
  if (!noun || !ticket) throw new Error(`no order for ${action}`);
  const extra = action === "call_back" ? { window } : {};
  return { method: "POST", path: `${root}/tickets/${encodeURIComponent(ticket)}/${noun}`, body: { ...body, ...extra } };
}
