// @ts-check
import { t } from "../../lib/i18n.js";
import { html } from "../../lib/ui.js";

/** The server takes no longer note. */
const NOTE_LENGTH = 300;

/** @param {{value: string, onWrite: (text: string) => void, label?: string}} props */
export function NoteField({ value, onWrite, label = t("counter.note_label") }) {
  return html`
    <div class="field">
      <label for="note">${label}</label>
      <textarea id="note" rows="2" maxlength=${NOTE_LENGTH} value=${value} aria-describedby="note-hint"
        onInput=${(/** @type {any} */ event) => onWrite(event.target.value)}></textarea>
      <p class="soft" id="note-hint">${t("counter.note_hint")}</p>
    </div>`;
}
