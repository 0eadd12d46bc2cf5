// @ts-check
import { refusalText, t } from "../lib/i18n.js";
import { LanguageButton } from "../lib/language-button.js";
import { order } from "../lib/orders.js";
import { html, useEffect, useState } from "../lib/ui.js";
import { Ask } from "../rating/ask.js";
import { Told } from "../rating/told.js";
import { ratingPath } from "./link.js";

/** @param {{onLanguage: () => void}} props */
export function App({ onLanguage }) {
  const [answer, told] = useState(/** @type {import("../lib/orders.js").Answer | null} */ (null));
  useEffect(() => { document.title = t("rating.phone_title"); });
  const send = (/** @type {any} */ rating) => order("POST", ratingPath(location.pathname), rating);
  return html`
    <header class="rate-head on-deep"><span>${t("app.name")}</span>
      <${LanguageButton} parts=${["rating"]} class="rate-language" again=${onLanguage} /></header>
    <main>
      ${answer
        ? html`<${Told} good=${answer.status === 201} text=${answer.status === 201 ? t("rating.thanks_says") : refusalText(answer.body)} />`
        : html`<${Ask} title=${t("rating.question")} send=${send} onAnswer=${told} />`}
    </main>`;
}
