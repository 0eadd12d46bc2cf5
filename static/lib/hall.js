// @ts-check
/** What the public pages read out of a hall's state. Shown figures only: the server makes the rules. */
import { hallTime, shortWeekday } from "./format.js";
import { t } from "./i18n.js";

/** @typedef {import("./reduce.js").HallState} HallState */

/** Lines in the hall's own order, the zero window's first. @param {HallState} state */
export function linesInOrder(state) {
  const rank = (/** @type {any} */ line) => (line.kind === "zero" ? 0 : 1);
  return Object.values(state.lines)
    .sort((a, b) => rank(a) - rank(b) || a.position - b.position || (a.letter < b.letter ? -1 : 1));
}

/** Waiting people by line letter. @param {HallState} state @returns {Record<string, number>} */
export function waitingByLine(state) {
  return counted(Object.values(state.tickets).filter((one) => one.state === "waiting").map((one) => one.line));
}

/** Open windows by the letters that they serve. @param {HallState} state @returns {Record<string, number>} */
export function windowsByLine(state) {
  const open = Object.values(state.windows).filter((one) => one.state === "open");
  return counted(open.flatMap((one) => [...new Set([...(one.lines || []), ...(one.secondary || [])])]));
}

/** @param {string[]} letters */
function counted(letters) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const letter of letters) counts[letter] = (counts[letter] || 0) + 1;
  return counts;
}

/**
 * Where the hall's clock stands in its working hours. `until` is when windows work again.
 * @param {Record<string, any>} hall @param {Date} now
 * @returns {{phase: "night" | "before" | "working" | "break" | "after", until: string | null}}
 */
export function phaseOf(hall, now) {
  const hours = hall.hours || [];
  const time = hallTime(now, hall.timezone); // "HH:MM" compares like a time
  if (!hours.length || hours.some(([from, to]) => time >= from && time < to)) return { phase: "working", until: null };
  const next = hours.find(([from]) => time < from);
  if (!next) return { phase: "after", until: null };
  if (next !== hours[0]) return { phase: "break", until: next[0] };
  return { phase: time < (hall.issue_from || next[0]) ? "night" : "before", until: next[0] };
}

/** "08:30至12:00，14:00至17:30" @param {Record<string, any>} hall @param {import("./i18n.js").Translate} [translate] */
export function hoursText(hall, translate = t) {
  const spans = (hall.hours || []).map(([from, until]) => translate("hours.span", { from, until }));
  return spans.join(translate("hours.joint"));
}

/** Does the hall take people at all now? @param {HallState} state */
export function isOpen(state) {
  return Boolean(state.day && state.day.state === "open");
}

const DAY = 86_400_000;
const WEEK = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/**
 * The next time at which the timetable gives numbers; null when the hall works on no day.
 * @param {Record<string, any>} hall @param {Date} now
 * @returns {{today: boolean, date: Date, from: string} | null}
 */
export function nextIssuing(hall, now) {
  const workdays = hall.workdays || [1, 2, 3, 4, 5];
  const from = hall.issue_from || (hall.hours && hall.hours[0][0]) || "";
  for (let ahead = 0; ahead < 8; ahead += 1) {
    const date = new Date(now.getTime() + ahead * DAY);
    const works = workdays.includes(WEEK.indexOf(shortWeekday(date, hall.timezone)) + 1);
    if (works && (ahead > 0 || hallTime(now, hall.timezone) < from)) return { today: ahead === 0, date, from };
  }
  return null;
}
