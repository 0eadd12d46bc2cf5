// @ts-check
import { nameOf } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { Search } from "./search.js";
import { SERVICES_AT_MOST } from "./sheet.js";

/**
 * Services of a form, without papers: who asks from elsewhere has none on the table.
 * @param {{services: any[], known: any, lines: any, chosen: string[], onChange: (codes: string[]) => void}} props
 */
export function ServicePicker({ services, known, lines, chosen, onChange }) {
  const add = (/** @type {string} */ code) => {
    if (!chosen.includes(code) && chosen.length < SERVICES_AT_MOST) onChange([...chosen, code]);
  };
  return html`
    <div class="service-picker">
      <${Search} services=${services} lines=${lines} onAdd=${add} quiet />
      <ul class="picked" aria-label=${t("zero.came_for")}>
        ${chosen.filter((code) => known[code]).map((code) => html`
          <li key=${code} data-code=${code}><b class="letter">${known[code].line}</b><span>${nameOf(known[code])}</span>
            <button type="button" class="link" aria-label=${t("zero.remove_service", { name: nameOf(known[code]) })}
              onClick=${() => onChange(chosen.filter((one) => one !== code))}>${t("zero.remove")}</button></li>`)}
      </ul>
    </div>`;
}
