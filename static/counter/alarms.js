// @ts-check
/** @typedef {import("./types.js").Alarm} Alarm */
/** @typedef {import("./types.js").Window} Window */

/**
 * Open calls for help, the longest open first.
 * @param {Record<string, Alarm> | undefined} alarms
 * @returns {Alarm[]}
 */
export function openAlarms(alarms) {
  return Object.values(alarms || {}).sort((a, b) => a.at.localeCompare(b.at));
}

/**
 * The call that nobody has taken yet and that this clerk can take: not one's own.
 * @param {Alarm[]} alarms
 * @param {any} me
 */
export function toAccept(alarms, me) {
  return alarms.find((alarm) => !alarm.accepted_by && alarm.clerk !== me) || null;
}

/** How long a clerk who neither called nor goes reads that somebody goes, in ms. */
const SETTLED_AFTER = 60_000;

/**
 * Of the open calls for help those that this clerk has anything to do with, or has not had time to read.
 * @param {Alarm[]} alarms @param {any} me @param {Date} now
 */
export function concerning(alarms, me, now) {
  return alarms.filter((alarm) => standOf(alarm, me) !== "theirs_accepted"
    || now.getTime() - Date.parse(alarm.accepted_at || alarm.at) < SETTLED_AFTER);
}

/**
 * What a call for help says to this reader.
 * @param {Alarm} alarm
 * @param {any} me
 * @returns {"mine" | "mine_accepted" | "theirs" | "theirs_accepted" | "i_come"}
 */
export function standOf(alarm, me) {
  if (alarm.clerk === me) return alarm.accepted_by ? "mine_accepted" : "mine";
  if (!alarm.accepted_by) return "theirs";
  return alarm.accepted_by === me ? "i_come" : "theirs_accepted";
}

/**
 * Where a member of staff sits now: the news carry ids and no names.
 * @param {Record<string, Window>} windows
 * @param {any} id
 */
export function seatOfStaff(windows, id) {
  return Object.values(windows).find((window) => window.clerk === id && window.state !== "closed") || null;
}
