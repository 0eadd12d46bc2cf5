// @ts-check
import { nameOf } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { Dialog } from "../counter/shared/dialog.js";
import { FormButtons } from "../counter/dialogs/buttons.js";
import { byPosition } from "./rows.js";
import { SaidLine } from "./said.js";
import { useOrders } from "./use-orders.js";

/**
 * Which lines a clerk may serve; nothing said is every line, also those to come.
 * @param {{hall: string, member: import("./use-staff.js").Member, lines: any, onSaved: () => void, onClose: () => void}} props
 */
export function SkillsDialog({ hall, member, lines, onSaved, onClose }) {
  const [skills, set] = useState(member.skills);
  const orders = useOrders(hall);
  const has = (/** @type {string} */ letter) => skills !== null && skills.includes(letter);
  const toggle = (/** @type {string} */ letter) => {
    const before = skills || [];
    set(before.includes(letter) ? before.filter((one) => one !== letter) : [...before, letter]);
  };
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!(await orders.send("PUT", `/staff/${member.id}/skills`, { lines: skills }))) return;
    onSaved();
    onClose();
  };
  return html`
    <${Dialog} title=${t("manager.skills_title", { name: member.name })} onClose=${onClose} wide=${true}>
      <form onSubmit=${submit}>
        <label class="check"><input type="checkbox" name="every" autofocus checked=${skills === null} onChange=${() => set(skills === null ? [] : null)} />
          <span>${t("manager.every_line")}</span></label>
        <fieldset class="choices skills" disabled=${skills === null}>
          <legend>${t("manager.skills_legend")}</legend>
          ${byPosition(lines).map((line) => html`
            <label key=${line.letter} data-choice=${line.letter} data-chosen=${has(line.letter)}>
              <input type="checkbox" checked=${has(line.letter)} onChange=${() => toggle(line.letter)} /><b>${line.letter}</b><span>${nameOf(line)}</span></label>`)}
        </fieldset>
        <p class="soft">${t("manager.skills_hint")}</p>
        <${SaidLine} said=${orders.said} />
        <${FormButtons} yes=${t("manager.save")} ready=${!orders.busy} onClose=${onClose} />
      </form>
    <//>`;
}
