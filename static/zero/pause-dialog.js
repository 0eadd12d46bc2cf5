// @ts-check
import { Dialog } from "../counter/shared/dialog.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";

/** In the order of the keys 1 to 6, as at every counter. */
const REASONS = ["meal", "rest", "paperwork", "meeting", "equipment", "other"];

/** @param {{onReason: (reason: string) => void, onClose: () => void}} props */
export function PauseDialog({ onReason, onClose }) {
  const byKey = (/** @type {KeyboardEvent} */ event) => {
    const reason = event.repeat ? undefined : REASONS[Number(event.key) - 1];
    if (reason) onReason(reason);
  };
  return html`
    <${Dialog} title=${t("counter.pause_title")} onClose=${onClose}>
      <ol class="reasons" onKeyDown=${byKey}>
        ${REASONS.map((reason, index) => html`
          <li key=${reason}><button type="button" class="button" data-reason=${reason} autofocus=${index === 0}
            aria-keyshortcuts=${index + 1} onClick=${() => onReason(reason)}>
            <span>${t(`pause.${reason}`)}</span><kbd>${index + 1}</kbd></button></li>`)}
      </ol>
      <div class="dialog-buttons"><button type="button" class="button" onClick=${onClose}>${t("staff.cancel")}</button></div>
    <//>`;
}
