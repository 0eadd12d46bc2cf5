// @ts-check
/** The codes that a clerk or a supervisor chooses from, in the order of the keys 1, 2, 3… (docs/protocol.md). */
export const PAUSE_REASONS = Object.freeze(["meal", "rest", "paperwork", "meeting", "equipment", "other"]);
export const RESULTS = Object.freeze(["settled", "advised", "incomplete", "refused"]);
export const MISS_REASONS = Object.freeze(["no_answer", "gone", "elsewhere", "other"]);
export const PARK_REASONS = Object.freeze(["papers", "form", "payment", "office", "other"]);
export const PROMOTION_REASONS = Object.freeze(["illness", "our_mistake", "lost_turn", "other"]);
