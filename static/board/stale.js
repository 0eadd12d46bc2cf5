// @ts-check
/** The board has lost the server: it says so, and after a while it shows no number at all. */
import { duration } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";

/** Numbers that may be wrong by more than this are not shown, in s. */
const HIDE_AFTER_S = 60;

/** @param {import("../lib/news.js").Meta} meta */
export const isHidden = (meta) => meta.stale && (!meta.synced || meta.staleForS >= HIDE_AFTER_S);

export function Stale({ seconds, second }) {
  return html`
    <div class="stale" role="alert">
      <strong class="stale-title">${t("board.stale")}${second && html` <span lang=${second.lang}>${second.t("board.stale")}</span>`}</strong>
      <span>${t("board.stale_for", { duration: duration(seconds) })}</span>
    </div>
  `;
}

export function Hidden({ second }) {
  return html`
    <section class="latest nothing hidden-numbers">
      <p class="nothing-title">${t("board.stale")}</p>
      <p class="nothing-says">${t("board.hidden")}</p>
      ${second && html`<p class="second" lang=${second.lang}>${second.t("board.hidden")}</p>`}
    </section>
  `;
}
