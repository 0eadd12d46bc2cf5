// @ts-check
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { freeClerks } from "./staff-rows.js";

/**
 * Opens a window for a clerk who sits nowhere; they find it open at any computer.
 * @param {{state: any, staff: import("./use-staff.js").Staff, busy: boolean, onOpen: (clerk: string) => void}} props
 */
export function OpenWindow({ state, staff, busy, onOpen }) {
  const [clerk, choose] = useState("");
  const free = freeClerks(staff.staff || [], state);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (clerk && !busy) onOpen(clerk);
  };
  if (free.length === 0) return html`<p class="soft">${t("manager.nobody_free")}</p>`;
  return html`
    <form class="open-window" onSubmit=${submit}>
      <label for="open-for">${t("manager.open_for")}</label>
      <select id="open-for" value=${clerk} onChange=${(/** @type {any} */ event) => choose(event.target.value)}>
        <option value="">${t("manager.choose_clerk")}</option>
        ${free.map(({ id, name }) => html`<option key=${id} value=${id}>${name}</option>`)}
      </select>
      <button type="submit" class="button primary" data-action="open-window" disabled=${!clerk || busy}>${t("manager.open_window")}</button>
    </form>`;
}
