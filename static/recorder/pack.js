// @ts-check
/** The one file that a box takes: everything recorded here, in both languages. */
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { bank } from "./manifest.js";
import { mayRecord } from "./microphone.js";
import { zip } from "./zip.js";

const NAME = "voice-bank.zip";

/** @param {{recordings: ReturnType<typeof import("./use-recordings.js").useRecordings>}} props */
export function Pack({ recordings }) {
  const [voice, setVoice] = useState("");
  const [licence, setLicence] = useState("");
  const n = recordings.kept.size;
  const download = async () => save(zip(await bank([...recordings.kept.values()], { voice, licence })));
  return html`
    <footer class="save">
      <${Field} label=${t("recorder.voice")} name="voice" hint=${t("recorder.voice_hint")} value=${voice} take=${setVoice} />
      <${Field} label=${t("recorder.licence")} name="licence" hint=${t("recorder.licence_hint")} value=${licence} take=${setLicence} />
      <button type="button" class="button primary" data-action="download" disabled=${!n || !mayRecord()} onClick=${download}>${t("recorder.download", { n })}</button>
      <p class="said" role="status" data-tone=${recordings.failed ? "bad" : "soft"}>${t(recordings.failed ? "recorder.problem_not_kept" : "recorder.kept_here")}</p>
    </footer>
  `;
}

/** @param {{label: string, name: string, hint: string, value: string, take: (value: string) => void}} props */
function Field({ label, name, hint, value, take }) {
  return html`
    <label class="pick"><span>${label}</span>
      <input class="choice" name=${name} value=${value} maxlength="80" placeholder=${hint} onInput=${(/** @type {any} */ event) => take(event.target.value)} /></label>
  `;
}

/** @param {Uint8Array[]} parts */
function save(parts) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(/** @type {any} */ (parts), { type: "application/zip" }));
  link.download = NAME;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
