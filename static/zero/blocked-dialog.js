// @ts-check
import { Dialog } from "../counter/shared/dialog.js";
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";

/**
 * @param {{number: string, owner: string, text: string, onBlocked: (more: {owner?: string, note?: string}) => void, onClose: () => void}} props
 */
export function BlockedDialog({ number, owner: first, text, onBlocked, onClose }) {
  const [owner, name] = useState(first);
  const [note, write] = useState(text);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const said = { owner: owner.trim(), note: note.trim() };
    onBlocked({ ...(said.owner ? { owner: said.owner } : {}), ...(said.note ? { note: said.note } : {}) });
  };
  return html`
    <${Dialog} title=${t("zero.blocked_title", { number })} onClose=${onClose}>
      <form class="stack" onSubmit=${submit}>
        <p class="soft">${t("zero.blocked_text")}</p>
        <div class="field"><label for="blocked-owner">${t("zero.owner")}</label>
          <input id="blocked-owner" maxlength="40" value=${owner} onInput=${(/** @type {any} */ event) => name(event.target.value)} /></div>
        <div class="field"><label for="blocked-text">${t("zero.what_is_blocked")}</label>
          <textarea id="blocked-text" rows="3" maxlength="300" autofocus value=${note} onInput=${(/** @type {any} */ event) => write(event.target.value)}></textarea></div>
        <div class="dialog-buttons">
          <button type="button" class="button" onClick=${onClose}>${t("staff.cancel")}</button>
          <button type="submit" class="button primary">${t("zero.outcome.blocked")}</button>
        </div>
      </form>
    <//>`;
}
