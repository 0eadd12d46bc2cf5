// @ts-check
import { tilesOf } from "./tiles.js";

/**
 * @typedef {{id: string, name: string, window: any, state: string | null, reason: string | null, minutes: number | null,
 *   served: number | null, skills: string[] | null}} Row
 */

/**
 * Clerks, those at windows first in the windows' order. The others of the staff sit nowhere.
 * @param {import("./use-staff.js").Member[]} staff
 * @param {import("../counter/types.js").HallState} state
 * @param {Date} now
 * @returns {Row[]}
 */
export function staffRows(staff, state, now) {
  const tiles = tilesOf(state, now);
  const seats = new Map(tiles.map((tile, place) => [tile.window.clerk, { ...tile, place }]).filter(([clerk]) => clerk));
  const placeOf = (/** @type {Row} */ row) => (seats.has(row.id) ? seats.get(row.id).place : Infinity);
  return staff
    .filter((member) => member.active && (member.role === "clerk" || seats.has(member.id)))
    .map((member) => rowOf(member, seats.get(member.id)))
    .sort((a, b) => (placeOf(a) === placeOf(b) ? a.name.localeCompare(b.name, "zh") : placeOf(a) - placeOf(b)));
}

/** @param {import("./use-staff.js").Member} member @param {any} seat @returns {Row} */
function rowOf({ id, name, skills }, seat) {
  if (!seat) return { id, name, window: null, state: null, reason: null, minutes: null, served: null, skills };
  const { window, state, minutes } = seat;
  return { id, name, window, state, reason: window.pause_reason, minutes, served: window.served, skills };
}

/**
 * Clerks who sit nowhere, by name: for whom a window can be opened.
 * @param {import("./use-staff.js").Member[]} staff
 * @param {import("../counter/types.js").HallState} state
 */
export function freeClerks(staff, state) {
  const seated = new Set(Object.values(state.windows).map((window) => window.clerk));
  return staff
    .filter(({ id, active, role }) => active && role === "clerk" && !seated.has(id))
    .sort((a, b) => a.name.localeCompare(b.name, "zh"));
}
