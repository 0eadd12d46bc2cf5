// @ts-check
/**
 * Figures as the page shows them. What they count is said in docs/protocol.md, "Report".
 *
 * @typedef {{n: number, mean_s: number | null, median_s: number | null, p90_s: number | null, max_s: number | null}} Spread
 * @typedef {Record<string, number> & {wait: Spread, handling: Spread}} Figures
 */

export const DASH = "—";

/**
 * Seconds as minutes with one decimal; a dash when nothing was measured. Zero is a measurement.
 * @param {number | null | undefined} seconds
 */
export function minutes(seconds) {
  return seconds === null || seconds === undefined ? DASH : (seconds / 60).toFixed(1);
}

/**
 * A share in per cent with one decimal; a dash when there is nothing to take a share of.
 * @param {number} part
 * @param {number} whole
 */
export function share(part, whole) {
  return whole > 0 ? `${((part / whole) * 100).toFixed(1)}%` : DASH;
}

/**
 * The figures on top of the page: each with what it is a share of or how many it was taken over.
 * @param {{hall: any} | null} report
 * @param {number | null} waiting people waiting now, from the news
 * @returns {{name: string, value: string, unit: boolean, facts: Record<string, string | number>}[]}
 */
export function keyFigures(report, waiting) {
  const hall = report ? report.hall : null;
  const count = (/** @type {string} */ name) => (hall ? String(hall[name]) : DASH);
  /** @type {(name: string) => Record<string, string | number>} */
  const facts = (name) =>
    hall ? { issued: hall.issued, n: hall[name], share: share(hall[name], hall.issued) } : {};
  const wait = hall ? hall.wait : { n: 0, median_s: null, p90_s: null };
  return [
    { name: "issued", value: count("issued"), unit: false, facts: facts("issued") },
    { name: "waiting", value: waiting === null ? DASH : String(waiting), unit: false, facts: { n: waiting === null ? DASH : waiting } },
    { name: "called", value: count("called"), unit: false, facts: facts("called") },
    { name: "served", value: count("served"), unit: false, facts: facts("served") },
    { name: "median", value: minutes(wait.median_s), unit: true, facts: { n: wait.n } },
    { name: "p90", value: minutes(wait.p90_s), unit: true, facts: { n: wait.n } },
    { name: "abandoned", value: count("abandoned"), unit: false, facts: facts("abandoned") },
  ];
}
