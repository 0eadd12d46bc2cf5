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

/** Orders about the window. @type {Record<string, string>} */
const OF_WINDOW = Object.freeze({
  open: "sessions",
  move: "sessions",
  close: "closing",
  pause: "pauses",
  resume: "resumptions",
  call: "calls",
  finish_and_call: "calls",
  pick: "choices",
  alarm: "alarms",
});

/** Orders about a ticket. @type {Record<string, string>} */
const OF_TICKET = Object.freeze({
  recall: "recalls",
  start: "starts",
  finish: "finishes",
  undo: "undoings",
  case: "cases",
  park: "parkings",
  return: "returns",
  miss: "misses",
  reinstate: "reinstatements",
  call_back: "direct-calls",
  transfer: "transfers",
  leave: "departures",
  consult: "consultations",
});

/** Orders about a call for help. @type {Record<string, string>} */
const OF_ALARM = Object.freeze({ accept: "acceptances", end: "endings" });

/**
 * @param {string} action
 * @param {Context} context
 * @returns {Request}
 */
export function requestFor(action, { hall, window, ticket, body = {} }) {
  const root = `/api/halls/${encodeURIComponent(hall)}`;
  if (action === "issue") return { method: "POST", path: `${root}/tickets`, body };
  const ofWindow = own(OF_WINDOW, action);
  if (ofWindow) {
    const finishing = action === "finish_and_call" ? { finishing: ticket } : {};
    return { method: "POST", path: `${root}/windows/${encodeURIComponent(window)}/${ofWindow}`, body: { ...body, ...finishing } };
  }
  const ofTicket = own(OF_TICKET, action);
  if (!ofTicket || !ticket) throw new Error(`no order for ${action}`);
  const extra = action === "call_back" ? { window } : {};
  return { method: "POST", path: `${root}/tickets/${encodeURIComponent(ticket)}/${ofTicket}`, body: { ...body, ...extra } };
}

/**
 * @param {"accept" | "end"} action
 * @param {string} hall
 * @param {string} alarm
 * @returns {Request}
 */
export function alarmRequest(action, hall, alarm) {
  const root = `/api/halls/${encodeURIComponent(hall)}`;
  return { method: "POST", path: `${root}/alarms/${encodeURIComponent(alarm)}/${OF_ALARM[action]}`, body: {} };
}

/** @param {Record<string, string>} table @param {string} name */
function own(table, name) {
  return Object.hasOwnProperty.call(table, name) ? table[name] : null;
}
