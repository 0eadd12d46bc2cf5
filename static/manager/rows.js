// @ts-check
import { byPlace } from "../counter/shared/place.js";
import { lineLoad, minutesBetween } from "../counter/turn.js";

/** @typedef {import("../counter/types.js").HallState} HallState */
/** @typedef {{key: string, group: string | null, kind: "count" | "minutes" | "live"}} Column */

const SPREAD = ["mean", "median", "p90"];

/** @param {string} group @returns {Column[]} */
function spreadColumns(group) {
  const columns = SPREAD.map((name) => ({ key: `${group}_${name}`, group, kind: /** @type {const} */ ("minutes") }));
  return [...columns, { key: `${group}_n`, group, kind: "count" }];
}

/** @param {string[]} names @returns {Column[]} */
const counts = (names) => names.map((key) => ({ key, group: null, kind: "count" }));

const LINE_COUNTS = [
  "in_service", "issued", "joined", "called", "served", "missed", "left", "expired", "transferred_in", "transferred_out",
];
const WINDOW_COUNTS = ["called", "served", "missed", "left", "transferred_out", "unfinished"];

/** @type {Column[]} */
export const LINE_COLUMNS = [
  { key: "waiting", group: null, kind: "live" },
  { key: "longest", group: null, kind: "live" },
  ...counts(LINE_COUNTS), ...spreadColumns("wait"), ...spreadColumns("handling"),
];

/** @type {Column[]} */
export const WINDOW_COLUMNS = [...counts(WINDOW_COUNTS), ...spreadColumns("wait"), ...spreadColumns("handling")];

/** Lines as the hall orders them. @param {Record<string, any>} lines @returns {any[]} */
export function byPosition(lines) {
  return Object.values(lines).sort((a, b) => a.position - b.position);
}

/**
 * @param {string} group
 * @param {any} spread
 */
function spreadCells(group, spread) {
  /** @type {Record<string, number | null>} */
  const cells = { [`${group}_n`]: spread ? spread.n : null };
  for (const name of SPREAD) cells[`${group}_${name}`] = spread ? spread[`${name}_s`] : null;
  return cells;
}

/**
 * @param {string[]} names
 * @param {any} figures
 */
function countCells(names, figures) {
  return Object.fromEntries(names.map((name) => [name, figures ? figures[name] : null]));
}

/**
 * One row a line: figures from the report, who waits now from the news.
 * @param {HallState} state
 * @param {any} report
 * @param {Date} now
 */
export function lineRows(state, report, now) {
  return byPosition(state.lines).map((line) => {
    const load = lineLoad(line.letter, state.tickets);
    const figures = report ? report.lines[line.letter] : null;
    return {
      id: line.letter, thing: line, waiting: load.waiting, longest: minutesBetween(load.since, now),
      ...countCells(LINE_COUNTS, figures),
      ...spreadCells("wait", figures && figures.wait), ...spreadCells("handling", figures && figures.handling),
    };
  });
}

/**
 * @param {HallState} state
 * @param {any} report
 */
export function windowRows(state, report) {
  return Object.values(state.windows).sort(byPlace).map((window) => {
    const figures = report ? report.windows[window.code] : null;
    return {
      id: window.code, thing: window, ...countCells(WINDOW_COUNTS, figures),
      ...spreadCells("wait", figures && figures.wait), ...spreadCells("handling", figures && figures.handling),
    };
  });
}
