// @ts-check
import { nameOf, windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { seatOfStaff } from "./alarms.js";
import { byPlace } from "./shared/place.js";
import { servedBy } from "./turn.js";

/** @typedef {import("./types.js").HallState} HallState */
/** @typedef {import("./types.js").Stop} Stop */

/**
 * Windows where somebody sits who serves the line: only these may keep a ticket.
 * @param {HallState} state
 * @param {string} letter
 * @param {string} [except] code of a window that is left out
 */
export function keepersOf(state, letter, except = "") {
  const serves = (/** @type {import("./types.js").Window} */ window) => {
    const { own, helped } = servedBy(window);
    return own.includes(letter) || helped.includes(letter);
  };
  return Object.values(state.windows)
    .filter((window) => window.code !== except && window.clerk && window.state !== "closed" && serves(window))
    .sort(byPlace);
}

/**
 * A stop as the dialog's list keeps it: `""`, `window:5` or `clerk:<id>`.
 * @param {string} line
 * @param {string} keep
 * @returns {{line: string, window?: string, clerk?: string}}
 */
export function stopOf(line, keep) {
  const [kind, id] = [keep.slice(0, keep.indexOf(":")), keep.slice(keep.indexOf(":") + 1)];
  return kind === "window" ? { line, window: id } : kind === "clerk" ? { line, clerk: id } : { line };
}

/**
 * A whole transfer: the first stop, those after it, and what else was said.
 * @param {{line: string, window?: string, clerk?: string}[]} stops
 * @param {{note: string, back: boolean, wrong: boolean}} more
 */
export function transferBody([first, ...then], { note, back, wrong }) {
  const text = note.trim();
  return {
    ...first,
    ...(then.length > 0 && { then }), ...(text && { note: text }),
    ...(back && { come_back: true }), ...(wrong && { wrong: true }),
  };
}

/**
 * "不动产（5号窗口）". A clerk is named by the window where they sit now.
 * @param {{line: string, window?: string | null, clerk?: string | null}} stop
 * @param {HallState} state
 */
export function stopName({ line, window, clerk }, state) {
  const name = nameOf(state.lines[line]) || line;
  const place = window ? state.windows[window] : clerk ? seatOfStaff(state.windows, clerk) : null;
  return place ? t("counter.stop_at", { line: name, window: windowName(place) }) : name;
}
