// @ts-check
/**
 * The one reducer for snapshots and events (docs/protocol.md). It knows entities and their keys,
 * not event types or fields: a new type, or the staff's extra fields, need nothing here.
 */

/** How many announcements a reader keeps. */
const ANNOUNCEMENTS_KEPT = 30;

/** A ticket in one of these states is over, and forgotten. */
const ENDED = new Set(["done", "left", "expired", "unfinished"]);

/**
 * @typedef {{hall: Record<string, any>, day: Record<string, any> | null, lines: Record<string, any>,
 *   windows: Record<string, any>, zones: Record<string, any>, tickets: Record<string, any>, announcements: any[],
 *   alarms?: Record<string, any>}} HallState what is optional only staff are told
 */

/** @type {HallState} */
export const EMPTY = Object.freeze({
  hall: {}, day: null, lines: {}, windows: {}, zones: {}, tickets: {}, announcements: [],
});

/**
 * The state after one event; the given state is left as it was.
 * @param {HallState} state
 * @param {Record<string, any>} [data] what changed
 * @returns {HallState}
 */
export function reduce(state, data = {}) {
  const next = { ...state };
  if (data.hall) next.hall = { ...state.hall, ...data.hall };
  if (data.day) Object.assign(next, changedDay(state, data.day));
  if (data.lines) next.lines = mergedBy("letter", state.lines, data.lines);
  if (data.windows) next.windows = mergedBy("code", state.windows, data.windows);
  if (data.zones) next.zones = mergedBy("code", state.zones || {}, data.zones);
  if (data.tickets) next.tickets = mergedTickets(next.tickets, data.tickets);
  if (data.announcements) {
    next.announcements = mergedAnnouncements(next.announcements, data.announcements);
  }
  if (data.alarms) next.alarms = openAlarms(mergedBy("id", state.alarms || {}, data.alarms));
  return next;
}

/** One that is over is forgotten. @param {Record<string, any>} alarms */
function openAlarms(alarms) {
  return Object.fromEntries(Object.entries(alarms).filter(([, alarm]) => !alarm.ended_at));
}

/** @param {HallState} state @param {Record<string, any>} change */
function changedDay(state, change) {
  const day = { ...state.day, ...change };
  const another = day.date !== (state.day && state.day.date);
  return another ? { day, tickets: {}, announcements: [] } : { day };
}

/** @param {string} key @param {Record<string, any>} known @param {any[]} changes */
function mergedBy(key, known, changes) {
  const merged = { ...known };
  for (const change of changes) merged[change[key]] = { ...merged[change[key]], ...change };
  return merged;
}

/** @param {Record<string, any>} known @param {any[]} changes */
function mergedTickets(known, changes) {
  const merged = mergedBy("number", known, changes);
  for (const { number } of changes) {
    if (ENDED.has(merged[number].state)) delete merged[number];
  }
  return merged;
}

/** @param {any[]} known @param {any[]} changes */
function mergedAnnouncements(known, changes) {
  const bySeq = new Map(known.map((one) => [one.seq, one]));
  for (const change of changes) {
    const before = bySeq.get(change.seq);
    // A change to one that has been dropped already has no number: there is nothing to show.
    if (before || change.number) bySeq.set(change.seq, { ...before, ...change });
  }
  return [...bySeq.values()].sort((a, b) => b.seq - a.seq).slice(0, ANNOUNCEMENTS_KEPT);
}
