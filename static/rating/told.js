// @ts-check
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";

/** What became of the rating. @param {{good: boolean, text: string}} props */
export function Told({ good, text }) {
  return html`
    <section class="told" role="status" data-told=${good ? "thanks" : "refused"}>
      <h1>${t(good ? "rating.thanks" : "rating.not_taken")}</h1>
      <p class="soft">${text}</p>
    </section>`;
}
