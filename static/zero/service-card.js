// @ts-check
import { nameOf } from "../lib/format.js";
import { language, t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";

/** Ways that save a visit to a window, the shortest first. */
const ELSEWHERE = ["online", "machine", "phone"];

/**
 * One service: where else it can be done, what to bring, what it costs.
 * @param {object} props
 * @param {import("./sheet.js").Service} props.service
 * @param {number} props.place which of the things the person came for
 * @param {string[]} props.brought
 * @param {(paper: string) => void} props.onPaper
 * @param {() => void} props.onRemove
 */
export function ServiceCard({ service, place, brought, onPaper, onRemove }) {
  const name = nameOf(/** @type {any} */ (service));
  return html`
    <li class="service" data-code=${service.code}>
      <div class="service-head">
        <b class="letter">${service.line}</b>
        <h3>${place}. ${name}</h3>
        <button type="button" class="link" aria-label=${t("zero.remove_service", { name })} onClick=${onRemove}>${t("zero.remove")}</button>
      </div>
      <${Elsewhere} channels=${service.channels} />
      <ul class="papers" aria-label=${t("zero.papers_of", { name })}>
        ${service.papers.map((/** @type {any} */ paper) => html`
          <${Paper} key=${paper.code} paper=${paper} there=${brought.includes(paper.code)} onPaper=${() => onPaper(paper.code)} />`)}
      </ul>
      <${Facts} service=${service} />
    </li>`;
}

/** @param {{channels: string[]}} props */
function Elsewhere({ channels }) {
  const ways = ELSEWHERE.filter((way) => channels.includes(way));
  if (ways.length === 0) return null;
  const text = ways.map((way) => t(`zero.channel.${way}`)).join(t("zero.or"));
  return html`<p class="elsewhere">${t("zero.elsewhere", { ways: text })}</p>`;
}

/** @param {{paper: any, there: boolean, onPaper: () => void}} props */
function Paper({ paper, there, onPaper }) {
  return html`
    <li data-paper=${paper.code}>
      <label class="check" data-there=${there} data-required=${paper.required}>
        <input type="checkbox" checked=${there} onChange=${onPaper} />
        <span>${nameOf(paper)}
          ${paper.copies > 0 && html` <small>${t("zero.copies", { n: paper.copies })}</small>`}
          ${!paper.required && html` <small>${t("zero.if_needed")}</small>`}</span>
      </label>
    </li>`;
}

/** @param {{service: import("./sheet.js").Service}} props */
function Facts({ service }) {
  const fee = language() === "en" && service.fee_en ? service.fee_en : service.fee;
  const parts = [fee, service.place, legalTime(service.legal_days)].filter(Boolean);
  return html`
    <p class="soft small-text service-facts">${parts.join(t("zero.fact_joint"))}
      ${service.guide_url && html` <a href=${service.guide_url} target="_blank" rel="noreferrer noopener">${t("zero.guide_link")}</a>`}</p>`;
}

/** @param {number | null} days */
export function legalTime(days) {
  if (days === null || days === undefined) return "";
  return days === 0 ? t("zero.at_once") : t("zero.within_days", { n: days });
}
