// @ts-check
/**
 * What a hall decides for itself; the news carry only what differs from these.
 * @typedef {{recalls: number, choose: boolean, one_press: boolean, rating: boolean, arrival: boolean}} Rules
 */

/** @type {Rules} */
const DEFAULTS = Object.freeze({ recalls: 3, choose: false, one_press: true, rating: true, arrival: true });

/**
 * @param {{rules?: Partial<Rules> | null} | null | undefined} hall
 * @returns {Rules}
 */
export function rulesOf(hall) {
  return { ...DEFAULTS, ...(hall && hall.rules) };
}
