// @ts-check
import { hallDay, hallTime, nameOf } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { wordsOf } from "./question.js";

/**
 * What the catalogue had no good answer for: the owners of the items are to write one.
 * @param {{found: any, known: any, zone: string}} props
 */
export function NoEntry({ found, known, zone }) {
  const without = found ? found.no_entry : [];
  return html`
    <section class="card no-entry" aria-labelledby="no-entry-title">
      <h2 id="no-entry-title">${t("zero.no_entry_title", { n: without.length })}</h2>
      <p class="soft small-text">${t("zero.no_entry_hint")}</p>
      <ul class="rows">
        ${without.map((/** @type {any} */ one) => html`
          <li key=${one.id} data-no-entry=${one.id}>
            <p class="row-top"><span class="soft">${hallDay(one.at, zone)} ${hallTime(one.at, zone)}</span>
              <span class="tag plain">${t(`zero.by.${one.channel}`)}</span></p>
            <p class="row-text">${wordsOf(one, "question") || servicesOf(one, known) || t("zero.no_words")}</p>
            ${ownersOf(one, known) && html`<p class="soft small-text">${t("zero.owners", { owners: ownersOf(one, known) })}</p>`}
          </li>`)}
      </ul>
    </section>`;
}

/** @param {any} one @param {any} known */
function servicesOf(one, known) {
  return (one.services || []).map((/** @type {string} */ code) => nameOf(known[code]) || code).join(t("counter.list"));
}

/** @param {any} one @param {any} known */
function ownersOf(one, known) {
  const owners = (one.services || []).map((/** @type {string} */ code) => known[code]?.owner).filter(Boolean);
  return [...new Set(owners)].join(t("counter.list"));
}
