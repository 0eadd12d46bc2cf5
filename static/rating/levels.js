// @ts-check
/** The national five levels, the best first, and why somebody was dissatisfied (docs/protocol.md). */
export const LEVELS = Object.freeze([5, 4, 3, 2, 1]);
export const REASONS = Object.freeze(["attitude", "speed", "skill", "waiting", "rules", "place", "other"]);

/** How long the reasons are offered before the level goes out alone, in milliseconds. */
export const REASONS_OFFERED_MS = 20_000;

/** Whether there is something to ask about. @param {number} level */
export function asksWhy(level) {
  return level <= 2;
}
