// @ts-check
/** How long the server lets a finish be taken back, in seconds. */
const UNDO_S = 10;

/** @typedef {{id: string, number: string, ended_at: string}} Finished */

/**
 * The finish that a press brought about; null when it did not, or when the person goes on to another line.
 * @param {import("./presses.js").Press | null} press
 * @returns {Finished | null}
 */
export function finishedBy(press) {
  if (!press || press.phase !== "done" || !press.answer) return null;
  const { finished, ticket } = press.answer.body || {};
  // One press that finished and called: the call was spoken, and is never taken back.
  if (press.action === "finish_and_call") return ticket ? null : ended(finished);
  return press.action === "finish" ? ended(ticket) : null;
}

/**
 * The finish that may still be taken back after this press: none once it is undone, or somebody was called.
 * @param {Finished | null} before
 * @param {import("./presses.js").Press} press
 */
export function undoableAfter(before, press) {
  if (press.phase !== "done") return before;
  const { ticket } = (press.answer && press.answer.body) || {};
  const called = Boolean(ticket && ticket.state === "called");
  return press.action === "undo" || called ? null : finishedBy(press) || before;
}

/** @param {any} ticket @returns {Finished | null} */
function ended(ticket) {
  return ticket && ticket.state === "done" && ticket.ended_at ? ticket : null;
}

/**
 * Whole seconds in which the finish may still be taken back; 0 when it is too late.
 * @param {Finished} finished
 * @param {Date} now hall time
 */
export function secondsToUndo(finished, now) {
  const left = UNDO_S - (now.getTime() - Date.parse(finished.ended_at)) / 1000;
  return Math.min(UNDO_S, Math.max(0, Math.ceil(left)));
}
