// @ts-check
/** All phrases of a kind, and what there is of them. */
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { play } from "./microphone.js";

/**
 * @param {object} props
 * @param {string} props.label
 * @param {import("./phrases.js").Phrase[]} props.phrases
 * @param {string} props.current
 * @param {ReturnType<typeof import("./use-recordings.js").useRecordings>} props.recordings
 * @param {(phrase: import("./phrases.js").Phrase) => void} props.pick
 */
export function List({ label, phrases, current, recordings, pick }) {
  return html`
    <ul class="phrases" aria-label=${label}>
      ${phrases.map((phrase) => html`
        <${Row} key=${phrase.key} phrase=${phrase} now=${phrase.key === current} kept=${recordings.kept.get(phrase.key)} pick=${pick}
          drop=${() => { pick(phrase); recordings.drop(phrase.key); }} />`)}
    </ul>
  `;
}

/** @param {{phrase: import("./phrases.js").Phrase, now: boolean, kept: any, pick: (phrase: any) => void, drop: () => void}} props */
function Row({ phrase, now, kept, pick, drop }) {
  const { text } = phrase;
  const button = (/** @type {string} */ what, /** @type {() => void} */ act) => html`
    <button type="button" class="link" data-action=${what} aria-label=${t("recorder.of", { what: t(`recorder.${what}`), text })} onClick=${act}>${t(`recorder.${what}`)}</button>`;
  return html`
    <li data-key=${phrase.key} data-kept=${Boolean(kept)} aria-current=${now ? "true" : undefined}>
      <b lang=${phrase.lang === "zh" ? "zh-CN" : "en"}>${text}</b>
      <span class="soft">${kept ? t("recorder.seconds", { seconds: (kept.ms / 1000).toFixed(1) }) : t("recorder.none")}</span>
      <span class="acts">
        ${button(kept ? "again" : "choose", () => pick(phrase))}
        ${kept && button("listen", () => play(kept.wav))}
        ${kept && button("delete", drop)}
      </span>
    </li>
  `;
}
