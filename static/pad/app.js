// @ts-check
import { nameOf, windowName } from "../lib/format.js";
import { houseLanguage, language, loadLanguage, refusalText, setLanguage, t } from "../lib/i18n.js";
import { LanguageButton } from "../lib/language-button.js";
import { order } from "../lib/orders.js";
import { html, useEffect, useState } from "../lib/ui.js";
import { Ask } from "../rating/ask.js";
import { Told } from "../rating/told.js";

/** How long the thanks stay, in milliseconds. */
const TOLD_MS = 4000;

/**
 * @typedef {{hall: string, window: string, state: any, meta: import("../lib/news.js").Meta,
 *   guest: import("./guest.js").Guest | null, onLanguage: () => void, onRevoked: () => void}} AppProps
 */

/** @param {AppProps} props */
export function App({ hall, window, state, meta, guest, onLanguage, onRevoked }) {
  const name = windowName(state.windows[window] || { code: window });
  const number = guest ? guest.number : null;
  useEffect(() => { document.title = t("rating.pad_title", { window: name }); });
  useHouseLanguage(number, onLanguage);
  return html`
    <header class="pad-head on-deep">
      <p><b>${name}</b> <span>${nameOf(state.hall)}</span></p>
      <${LanguageButton} parts=${["rating"]} class="pad-language" again=${onLanguage} />
    </header>
    <main class="pad">
      ${number && !meta.stale
        ? html`<${Guest} key=${number} hall=${hall} window=${window} number=${number} onRevoked=${onRevoked} />`
        : html`<${Idle} stale=${meta.stale} />`}
    </main>`;
}

/** The next person has not chosen the language of the last one. @param {string | null} number @param {() => void} onLanguage */
function useHouseLanguage(number, onLanguage) {
  useEffect(() => {
    if (language() === houseLanguage()) return;
    setLanguage(houseLanguage());
    loadLanguage(houseLanguage(), ["rating"]).then(onLanguage, () => {});
  }, [number]);
}

/** @param {{stale: boolean}} props */
function Idle({ stale }) {
  return html`
    <section class="told" data-idle>
      <h1>${t(stale ? "link.stale_short" : "rating.idle")}</h1>
      <p class="soft">${t(stale ? "rating.idle_stale" : "rating.idle_says")}</p>
    </section>`;
}

/**
 * One person's question, thanks, and rest.
 * @param {{hall: string, window: string, number: string, onRevoked: () => void}} props
 */
function Guest({ hall, window, number, onRevoked }) {
  const [answer, told] = useState(/** @type {import("../lib/orders.js").Answer | null} */ (null));
  const [over, end] = useState(false);
  useEffect(() => {
    if (!answer) return undefined;
    const timer = setTimeout(() => end(true), TOLD_MS);
    return () => clearTimeout(timer);
  }, [answer]);
  const path = `/api/halls/${encodeURIComponent(hall)}/windows/${encodeURIComponent(window)}/ratings`;
  const send = (/** @type {any} */ rating) => order("POST", path, { number, ...rating });
  const onAnswer = (/** @type {any} */ given) => (given.status === 401 ? onRevoked() : told(given));
  if (over) return html`<${Idle} stale=${false} />`;
  if (answer) return html`<${Told} good=${answer.status === 201} text=${answer.status === 201 ? t("rating.thanks_says") : refusalText(answer.body)} />`;
  return html`
    <${Ask} title=${t("rating.question")} send=${send} onAnswer=${onAnswer}>
      <p class="pad-number number">${number}</p>
    <//>`;
}
