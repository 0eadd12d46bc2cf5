// @ts-check
import { nameOf, windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";

/** @typedef {import("./types.js").HallState} HallState */

/** When the person came to the window, or into the line where nobody called them. @param {any} stay */
export function whenOf(stay) {
  return stay.started_at || stay.called_at || stay.joined_at;
}

/** @param {any} stay @param {HallState} state */
export function placeOf(stay, state) {
  const line = nameOf(state.lines[stay.line]) || stay.line;
  const window = stay.window && state.windows[stay.window];
  if (!stay.window) return t("counter.history_waited", { line });
  return window && window.kind === "zero" ? windowName(window) : t("counter.stop_at", { line, window: windowName(window) || stay.window });
}

/** Who handed them on: whoever called, else who sorted them out in the queue. @param {any} stay @returns {string[]} */
export function whoOf(stay) {
  const names = [stay.by, ...stay.consultations.map((/** @type {any} */ held) => held.by)].filter(Boolean);
  return [...new Set(names)];
}

/** What came of it, in a few words. @param {any} stay @returns {string[]} */
export function cameOf(stay) {
  const found = stay.consultations.map((/** @type {any} */ held) => t(`found.${held.outcome}`));
  const missing = stay.consultations.flatMap((/** @type {any} */ held) => Object.values(held.missing || {}).flat()).length;
  return [
    ...found,
    missing ? t("counter.history_missing", { n: missing }) : "",
    stay.result ? t(`result.${stay.result}`) : "",
    stay.cases > 1 ? t("counter.cases", { n: stay.cases }) : "",
    stay.outcome ? t(`stay.${stay.outcome}`) : "",
    stay.outcome === "parked" && stay.reason ? t(`park.${stay.reason}`) : "",
  ].filter(Boolean);
}
