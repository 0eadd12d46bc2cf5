// @ts-check
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { KEYS } from "./action.js";

/**
 * The code that leads to the rating page, small until it is asked for. It stands beside the work and never
 * in front of it: the next person is called while this one still reads it.
 * @param {{hall: string, of: {id: string, number: string} | null, large: boolean, onToggle: () => void}} props
 */
export function RatingCode({ hall, of, large, onToggle }) {
  if (!of) return null;
  return html`
    <aside class="rating-code" data-large=${large} data-ticket=${of.number} aria-label=${t("counter.rating_code", { number: of.number })}>
      ${large && html`<${Code} key=${of.id} hall=${hall} of=${of} />`}
      <button type="button" class="button small" data-action="rating" aria-expanded=${large} aria-keyshortcuts=${KEYS.rating}
        onClick=${onToggle}><span>${t(large ? "counter.rating_hide" : "counter.rating_show", { number: of.number })}</span><kbd>${KEYS.rating}</kbd></button>
    </aside>`;
}

/** @param {{hall: string, of: {id: string, number: string}}} props */
function Code({ hall, of }) {
  const [failed, fail] = useState(false);
  if (failed) return html`<p class="notice warn" role="status">${t("counter.rating_failed")}</p>`;
  const address = `/api/halls/${encodeURIComponent(hall)}/tickets/${encodeURIComponent(of.id)}/rating-code.svg`;
  return html`
    <p class="rating-ask"><b class="number">${of.number}</b> <span>${t("counter.rating_ask")}</span></p>
    <img src=${address} alt=${t("counter.rating_code", { number: of.number })} onError=${() => fail(true)} />`;
}
