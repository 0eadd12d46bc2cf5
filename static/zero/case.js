// @ts-check
/** Blocked cases as the register shows them. The server allows the next step and no other. */

/** In their order, as in queue_server/domain/blocked.py. */
export const STEPS = Object.freeze(["received", "sorted", "assigned", "settled", "told", "checked"]);
export const FILTERS = Object.freeze(["open", "overdue", "closed", "all"]);

/** The step after this one; null at the end. @param {string} step */
export function nextStep(step) {
  return STEPS[STEPS.indexOf(step) + 1] || null;
}

/**
 * Not settled by its day. A case that was settled in time may still wait to be told and checked.
 * @param {any} one @param {string} today the hall's day, "2026-11-23"
 */
export function isOverdue(one, today) {
  return !one.settled_at && one.due_on < today;
}

/**
 * The cases that a filter lets through, those that are due first first; what is done comes last.
 * @param {any[]} cases @param {string} filter @param {string} today
 */
export function casesIn(cases, filter, today) {
  const ended = (/** @type {any} */ one) => one.step === "checked";
  const fits = (/** @type {any} */ one) => {
    if (filter === "open") return !ended(one);
    if (filter === "overdue") return isOverdue(one, today);
    return filter === "all" || ended(one);
  };
  const rank = (/** @type {any} */ one) => (one.settled_at ? "1" : "0") + one.due_on + one.at;
  return cases.filter(fits).sort((a, b) => rank(a).localeCompare(rank(b)));
}

/** @param {string} to @param {string} owner @param {string} text */
export function stepBody(to, owner, text) {
  const said = { owner: owner.trim(), text: text.trim() };
  return { to, ...(said.owner ? { owner: said.owner } : {}), ...(said.text ? { text: said.text } : {}) };
}
