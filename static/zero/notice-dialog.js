// @ts-check
import { Dialog } from "../counter/shared/dialog.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";

/** Minutes until the person is back, in the order of the keys; null is not known. */
export const BACK_IN = [30, 60, 120, 180, null];

/** @param {{number: string, onMinutes: (more: {minutes?: number}) => void, onClose: () => void}} props */
export function NoticeDialog({ number, onMinutes, onClose }) {
  const choose = (/** @type {number | null} */ minutes) => onMinutes(minutes === null ? {} : { minutes });
  const byKey = (/** @type {KeyboardEvent} */ event) => {
    const minutes = event.repeat ? undefined : BACK_IN[Number(event.key) - 1];
    if (minutes !== undefined) choose(minutes);
  };
  return html`
    <${Dialog} title=${t("zero.notice_title", { number })} onClose=${onClose}>
      <p class="soft">${t("zero.notice_text")}</p>
      <ol class="reasons" onKeyDown=${byKey}>
        ${BACK_IN.map((minutes, index) => html`
          <li key=${index}><button type="button" class="button" data-minutes=${minutes} autofocus=${index === 0} aria-keyshortcuts=${index + 1}
            onClick=${() => choose(minutes)}>
            <span>${minutes === null ? t("zero.back_unknown") : t("zero.back_in", { n: minutes })}</span><kbd>${index + 1}</kbd></button></li>`)}
      </ol>
      <div class="dialog-buttons"><button type="button" class="button" onClick=${onClose}>${t("staff.cancel")}</button></div>
    <//>`;
}
