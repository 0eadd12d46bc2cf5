// @ts-check
/** The zero window's day as a page shows it: every share with what it is a share of. */
import { OUTCOMES } from "./outcomes.js";

/**
 * @typedef {{n: number, of: number, share: number | null}} Share
 * @typedef {{name: string, share: Share}} Row
 */

/** "87.5%"; a dash for a share of nothing. @param {Share} share @param {string} none */
export function percent(share, none) {
  if (share.share === null) return none;
  return `${Math.round(share.share * 1000) / 10}%`;
}

/** The shares of the day, in the order in which they are asked about. @param {any} report @returns {Row[]} */
export function sharesOf(report) {
  return [
    { name: "first_contact", share: report.first_contact },
    { name: "hand_off", share: report.hand_off },
    { name: "wrong_after", share: report.wrong_line.after },
    { name: "wrong_without", share: report.wrong_line.without },
    { name: "late", share: report.replies.late },
    { name: "ratio", share: report.ratio },
  ];
}

/**
 * What came of the consultations, each a share of those that have an outcome, in the order of the keys.
 * @param {Record<string, number>} outcomes @returns {Row[]}
 */
export function outcomeRows(outcomes) {
  const of = Object.values(outcomes).reduce((sum, n) => sum + n, 0);
  return OUTCOMES.filter(({ name }) => outcomes[name]).map(({ name }) => {
    const n = outcomes[name];
    return { name, share: { n, of, share: n / of } };
  });
}

/**
 * The papers that made most people come twice, with the names of the catalogue.
 * @param {{service: string, paper: string, n: number}[]} missing @param {Record<string, any>} known
 */
export function missingRows(missing, known) {
  return missing.map(({ service, paper, n }) => {
    const about = known[service];
    const found = about && about.papers.find((/** @type {any} */ one) => one.code === paper);
    return { key: `${service} ${paper}`, service: about || { name: service }, paper: found || { name: paper }, n };
  });
}
