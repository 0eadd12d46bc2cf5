// @ts-check
import { t } from "../../lib/i18n.js";
import { html } from "../../lib/ui.js";
import { Dialog } from "../shared/dialog.js";

/**
 * A choice of one word: a press, or its digit, and it is sent.
 * @param {{title: string, reasons: readonly string[], words: string, onReason: (reason: string) => void,
 *   onClose: () => void}} props `words`: what the sentences' keys begin with
 */
export function ReasonDialog({ title, reasons, words, onReason, onClose }) {
  const byKey = (/** @type {KeyboardEvent} */ event) => {
    const reason = event.repeat ? undefined : reasons[Number(event.key) - 1];
    if (reason) onReason(reason);
  };
  return html`
    <${Dialog} title=${title} onClose=${onClose}>
      <ol class="reasons" onKeyDown=${byKey}>
        ${reasons.map((reason, index) => html`
          <li key=${reason}><button type="button" class="button" data-reason=${reason} autofocus=${index === 0}
            aria-keyshortcuts=${index + 1} onClick=${() => onReason(reason)}>
            <span>${t(`${words}.${reason}`)}</span><kbd>${index + 1}</kbd></button></li>`)}
      </ol>
      <div class="dialog-buttons"><button type="button" class="button" onClick=${onClose}>${t("staff.cancel")}</button></div>
    <//>`;
}
