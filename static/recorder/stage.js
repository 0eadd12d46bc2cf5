// @ts-check
/** The phrase of the moment, large, and the one button. */
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { mayRecord, play } from "./microphone.js";

/** Loudness at the end of the scale, of full scale. */
const LOUDEST = 0.4;

/**
 * @param {object} props
 * @param {import("./phrases.js").Phrase} props.phrase
 * @param {ReturnType<typeof import("./use-take.js").useTake>} props.take
 * @param {ReturnType<typeof import("./use-recordings.js").useRecordings>} props.recordings
 * @param {(phrase: import("./phrases.js").Phrase) => void} props.pick
 * @param {any} props.button
 */
export function Stage({ phrase, take, recordings, pick, button }) {
  const running = take.doing === "recording";
  return html`
    <section class="stage card" aria-labelledby="phrase" data-doing=${take.doing}>
      <p class="soft">${t("recorder.say")}</p>
      <p class="phrase" id="phrase" lang=${phrase.lang === "zh" ? "zh-CN" : "en"}>${phrase.text}</p>
      <div class="row">
        <button type="button" class="button primary record" data-action="record" ref=${button} disabled=${!mayRecord()} aria-describedby="phrase"
          onClick=${() => take.press(phrase)}>${t(running ? "recorder.stop" : recordings.kept.has(phrase.key) ? "recorder.again" : "recorder.start")}</button>
        <meter class="level" ref=${take.meter} min="0" max=${LOUDEST} aria-label=${t("recorder.level")}></meter>
        <span class="soft" role="status">${take.doing !== "idle" && t(`recorder.${take.doing}`)}</span>
      </div>
      <${Outcome} take=${take} recordings=${recordings} pick=${pick} />
    </section>
  `;
}

/** What came of the latest take. @param {any} props */
function Outcome({ take, recordings, pick }) {
  const { outcome } = take;
  const kept = outcome && recordings.kept.get(outcome.phrase.key);
  return html`
    <div class="row outcome">
      <p class="said" role="status" data-tone=${outcome ? outcome.tone : "soft"}>${outcome && t(outcome.said, outcome.facts)}</p>
      ${kept && outcome.tone === "good" && html`
        <button type="button" class="link" data-action="listen" onClick=${() => play(kept.wav)}>${t("recorder.listen")}</button>
        <button type="button" class="link" data-action="repeat" onClick=${() => { take.forget(); pick(outcome.phrase); }}>${t("recorder.again")}</button>`}
    </div>
  `;
}
