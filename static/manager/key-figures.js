// @ts-check
import { hallTimeWithSeconds } from "../lib/format.js";
import { refusalText, t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { DASH, keyFigures } from "./figures.js";

/**
 * The figures of the day, each with its denominator on hover and on focus.
 * @param {{read: import("./use-report.js").Read, waiting: number | null}} props
 */
export function KeyFigures({ read, waiting }) {
  return html`
    <section class="figures" aria-label=${t("manager.key_figures")} aria-busy=${!read.report && !read.failed}>
      ${keyFigures(read.report, waiting).map((figure) => html`<${Figure} key=${figure.name} figure=${figure} />`)}
    </section>`;
}

/** @param {{figure: {name: string, value: string, unit: boolean, facts: Record<string, any>}}} props */
function Figure({ figure }) {
  const { name, value, unit, facts } = figure;
  const small = unit && value !== DASH;
  const basis = value === DASH ? t("manager.no_figure") : t(`manager.basis.${name}`, facts);
  return html`
    <div class="figure" role="group" tabindex="0" title=${basis} data-figure=${name}
      aria-labelledby=${`figure-${name}`} aria-describedby=${`basis-${name}`}>
      <b>${value}${small && html` <small>${t("manager.min")}</small>`}</b>
      <span id=${`figure-${name}`}>
        <span class="visually-hidden">${value} </span>${t(`manager.figure.${name}`)}${shortBasis(name, facts)}</span>
      <span class="basis" id=${`basis-${name}`}>${basis}</span>
    </div>`;
}

/** The denominator in two words, beside the name. @param {string} name @param {Record<string, any>} facts */
function shortBasis(name, facts) {
  if (facts.share !== undefined && name !== "issued") return ` · ${facts.share}`;
  return name === "median" || name === "p90" ? ` · n=${facts.n}` : "";
}

/**
 * Which record of the log the figures stand for.
 * @param {{read: import("./use-report.js").Read, zone?: string, quiet?: boolean}} props `quiet` leaves
 *   out the failure, which is said once on the page
 */
export function AsOf({ read, zone, quiet }) {
  const { report } = read;
  const failed = quiet ? null : read.failed;
  const facts = report && { time: hallTimeWithSeconds(report.now, zone), seq: report.seq };
  return html`
    <p class="as-of">
      ${report && html`<span class="soft" data-seq=${report.seq}>${t("manager.as_of", facts)}</span>`}
      ${!report && !read.failed && html`<span class="soft">${t("staff.loading")}</span>`}
      ${failed && html`<span class="as-of-failed" role="status">
        ${t("manager.report_failed", { reason: refusalText({ error: failed }) })}</span>`}
    </p>`;
}
