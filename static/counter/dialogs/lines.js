// @ts-check
import { nameOf } from "../../lib/format.js";

/** @typedef {import("../types.js").HallState} HallState */

/**
 * Lines that take people now, in the hall's order, each with its letter as the key.
 * @param {HallState} state
 */
export function lineOptions(state) {
  return Object.values(state.lines)
    .filter((line) => line.open)
    .sort((a, b) => a.position - b.position)
    .map((line) => ({ value: line.letter, key: line.letter, label: nameOf(line) }));
}
