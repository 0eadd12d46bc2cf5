// @ts-check
/** @typedef {import("../types.js").Window} Window */

/**
 * Zero windows first, then by number: the order in which they stand in the hall.
 * @param {Window} a
 * @param {Window} b
 */
export function byPlace(a, b) {
  if (a.kind !== b.kind) return a.kind === "zero" ? -1 : 1;
  return a.number - b.number;
}
