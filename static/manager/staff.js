// @ts-check
import { nameOf, windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { useSecond } from "../counter/shared/news-hook.js";
import { staffRows } from "./staff-rows.js";
import { SkillsDialog } from "./skills-dialog.js";

/**
 * Who sits where, since when, and what they may serve.
 * @param {{hall: string, state: any, staff: import("./use-staff.js").Staff, now: () => Date, mayEdit: boolean}} props
 */
export function StaffTable({ hall, state, staff, now, mayEdit }) {
  useSecond();
  const [editing, edit] = useState(/** @type {string | null} */ (null));
  const member = (staff.staff || []).find((one) => one.id === editing);
  return html`
    <section class="card table-card staff">
      <h2 id="staff-title">${t("manager.staff")}</h2>
      ${staff.failed && html`<p class="notice warn">${t("manager.staff_failed")} ${" "}
        <button type="button" class="link" onClick=${staff.reload}>${t("staff.try_again")}</button></p>`}
      <div class="scroll staff-scroll" role="region" tabindex="0" aria-labelledby="staff-title">
        <table class="figures-table staff-table" aria-labelledby="staff-title">
          <thead><tr>${["who", "where", "state", "minutes", "served", "skills"].map((one) => html`
            <th scope="col" key=${one}>${t(`manager.staff_col.${one}`)}</th>`)}</tr></thead>
          <tbody>${staffRows(staff.staff || [], state, now()).map((row) => html`
            <${Row} key=${row.id} row=${row} lines=${state.lines} onEdit=${mayEdit ? edit : null} />`)}</tbody>
        </table>
      </div>
      ${member && html`<${SkillsDialog} hall=${hall} member=${member} lines=${state.lines} onSaved=${staff.reload} onClose=${() => edit(null)} />`}
    </section>`;
}

/** @param {{row: import("./staff-rows.js").Row, lines: any, onEdit: ((id: string) => void) | null}} props */
function Row({ row, lines, onEdit }) {
  const names = row.skills ? row.skills.map((letter) => nameOf(lines[letter]) || letter).join(t("counter.list")) : t("manager.every_line");
  return html`
    <tr data-member=${row.id} data-state=${row.state}>
      <th scope="row">${row.name}</th>
      <td>${row.window ? windowName(row.window) : "—"}</td>
      <td>${row.state ? t(`manager.state.${row.state}`) : t("manager.not_seated")}${row.reason ? ` · ${t(`pause.${row.reason}`)}` : ""}</td>
      <td>${row.minutes === null ? "—" : t("counter.minutes", { n: row.minutes })}</td>
      <td>${row.served === null ? "—" : row.served}</td>
      <td class="staff-skills"><span>${names || t("counter.no_lines")}</span>
        ${onEdit && html`<button type="button" class="link" aria-label=${t("manager.edit_skills_who", { name: row.name })}
          data-action="edit-skills" onClick=${() => onEdit(row.id)}>${t("manager.edit_skills")}</button>`}</td>
    </tr>`;
}
