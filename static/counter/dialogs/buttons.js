// @ts-check
import { t } from "../../lib/i18n.js";
import { html } from "../../lib/ui.js";

/** How a form in a dialog ends. @param {{yes: string, ready: boolean, onClose: () => void, children?: any}} props */
export function FormButtons({ yes, ready, onClose, children }) {
  return html`
    <div class="dialog-buttons">
      ${children}
      <button type="button" class="button" onClick=${onClose}>${t("staff.cancel")}</button>
      <button type="submit" class="button primary" disabled=${!ready}>${yes}</button>
    </div>`;
}
