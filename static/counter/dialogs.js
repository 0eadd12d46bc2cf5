// @ts-check
import { nameOf } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { Dialog } from "./shared/dialog.js";

/** In the order of the keys 1 to 6. */
export const PAUSE_REASONS = ["meal", "rest", "paperwork", "meeting", "equipment", "other"];
/** The server takes no longer note. */
const NOTE_LENGTH = 300;

/** @param {{onReason: (reason: string) => void, onClose: () => void}} props */
export function PauseDialog({ onReason, onClose }) {
  const byKey = (/** @type {KeyboardEvent} */ event) => {
    const reason = event.repeat ? undefined : PAUSE_REASONS[Number(event.key) - 1];
    if (reason) onReason(reason);
  };
  return html`
    <${Dialog} title=${t("counter.pause_title")} onClose=${onClose}>
      <ol class="reasons" onKeyDown=${byKey}>
        ${PAUSE_REASONS.map((reason, index) => html`
          <li key=${reason}><button type="button" class="button" data-reason=${reason} autofocus=${index === 0}
            aria-keyshortcuts=${index + 1} onClick=${() => onReason(reason)}>
            <span>${t(`pause.${reason}`)}</span><kbd>${index + 1}</kbd></button></li>`)}
      </ol>
      <div class="dialog-buttons"><button type="button" class="button" onClick=${onClose}>${t("staff.cancel")}</button></div>
    <//>`;
}

/**
 * @param {object} props
 * @param {string} props.number
 * @param {import("./types.js").Line[]} props.lines where the ticket may go
 * @param {(body: {line: string, note?: string}) => void} props.onTransfer
 * @param {() => void} props.onClose
 */
export function TransferDialog({ number, lines, onTransfer, onClose }) {
  const [line, choose] = useState("");
  const [note, write] = useState("");
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const text = note.trim();
    if (line) onTransfer(text ? { line, note: text } : { line });
  };
  return html`
    <${Dialog} title=${t("counter.transfer_title", { number })} onClose=${onClose}>
      <form onSubmit=${submit}>
        <${LineChoice} lines=${lines} line=${line} onChoose=${choose} />
        <div class="field">
          <label for="transfer-note">${t("counter.note_label")}</label>
          <textarea id="transfer-note" rows="2" maxlength=${NOTE_LENGTH} value=${note} aria-describedby="transfer-hint"
            onInput=${(/** @type {any} */ event) => write(event.target.value)}></textarea>
          <p class="soft" id="transfer-hint">${t("counter.note_hint")}</p>
        </div>
        <div class="dialog-buttons">
          <button type="button" class="button" onClick=${onClose}>${t("staff.cancel")}</button>
          <button type="submit" class="button primary" disabled=${!line}>${t("counter.action.transfer")}</button>
        </div>
      </form>
    <//>`;
}

/**
 * The letter of a line chooses it, as does the mouse and the arrows.
 * @param {{lines: import("./types.js").Line[], line: string, onChoose: (letter: string) => void}} props
 */
function LineChoice({ lines, line, onChoose }) {
  const byLetter = (/** @type {KeyboardEvent} */ event) => {
    const letter = event.key.toUpperCase();
    if (!lines.some((one) => one.letter === letter)) return;
    onChoose(letter);
    const list = /** @type {HTMLElement} */ (event.currentTarget);
    /** @type {HTMLElement} */ (list.querySelector(`[value="${letter}"]`)).focus();
  };
  return html`
    <fieldset class="line-choice" onKeyDown=${byLetter}>
      <legend>${t("counter.transfer_line")}</legend>
      ${lines.map((one, index) => html`
        <label key=${one.letter} data-line=${one.letter}>
          <input type="radio" name="line" value=${one.letter} checked=${line === one.letter} autofocus=${index === 0}
            onChange=${() => onChoose(one.letter)} />
          <b>${one.letter}</b><span>${nameOf(one)}</span>
        </label>`)}
    </fieldset>`;
}
