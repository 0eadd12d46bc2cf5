// @ts-check
import { t } from "../../lib/i18n.js";
import { html, useContext, useEffect, useRef } from "../../lib/ui.js";
import { Said } from "./asked.js";

/**
 * A question in front of the page. The browser keeps the focus inside, closes it on Escape and
 * gives the focus back.
 * @param {{title: string, onClose: () => void, wide?: boolean, children?: any}} props
 */
export function Dialog({ title, onClose, wide = false, children }) {
  const element = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const leaving = useRef(false);
  const said = useContext(Said);
  useEffect(() => {
    const dialog = element.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    // Removing an open dialog does not give the focus back; closing it does in newer browsers only.
    return () => {
      leaving.current = true;
      if (dialog) dialog.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  // What came of the order stands at the end, under the button that was pressed.
  useEffect(() => { if (said && element.current) element.current.scrollTop = element.current.scrollHeight; }, [Boolean(said), said && said.waiting]);
  // Not `cancel`: a browser may close a dialog without asking, when it opened by itself.
  const closed = () => { if (!leaving.current) onClose(); };
  return html`
    <dialog ref=${element} class=${wide ? "dialog wide" : "dialog"} aria-labelledby="dialog-title"
      aria-busy=${said ? said.waiting : undefined} onClose=${closed}>
      <h2 id="dialog-title">${title}</h2>
      ${children}
      ${said && said.text}
    </dialog>`;
}

/**
 * @param {{title: string, text: string, yes: string, onYes: () => void, onClose: () => void}} props
 */
export function Confirm({ title, text, yes, onYes, onClose }) {
  return html`
    <${Dialog} title=${title} onClose=${onClose}>
      <p>${text}</p>
      <div class="dialog-buttons">
        <button type="button" class="button" onClick=${onClose}>${t("staff.cancel")}</button>
        <button type="button" class="button primary" autofocus onClick=${onYes}>${yes}</button>
      </div>
    <//>`;
}
