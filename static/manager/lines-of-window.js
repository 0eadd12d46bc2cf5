// @ts-check
import { nameOf } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { toggled } from "./choice-of-lines.js";

/** @typedef {import("./choice-of-lines.js").Chosen} Chosen */

/**
 * Which lines a window serves, and which it helps: a line is one or the other.
 * @param {{window: import("../counter/types.js").Window, lines: any[], busy: boolean, onSave: (chosen: Chosen) => void}} props
 */
export function LinesOfWindow({ window, lines, busy, onSave }) {
  const [chosen, set] = useState(/** @type {Chosen} */ ({ lines: window.lines, secondary: window.secondary }));
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    onSave(chosen);
  };
  const box = (/** @type {any} */ line, /** @type {"lines" | "secondary"} */ kind) => html`
    <label><input type="checkbox" data-kind=${kind} checked=${chosen[kind].includes(line.letter)}
      aria-label=${`${line.letter} ${nameOf(line)} ${t(`manager.serves.${kind}`)}`}
      onChange=${() => set(toggled(chosen, line.letter, kind))} /><span>${t(`manager.serves.${kind}`)}</span></label>`;
  return html`
    <form onSubmit=${submit}>
      <h3>${t("manager.lines_of_window")}</h3>
      <ul class="line-boxes">
        ${lines.map((line) => html`
          <li key=${line.letter} data-line=${line.letter}><b class="letter">${line.letter}</b><span class="line-name">${nameOf(line)}</span>
            ${box(line, "lines")}${box(line, "secondary")}</li>`)}
      </ul>
      <button type="submit" class="button" data-action="save-lines" disabled=${busy}>${t("manager.save_lines")}</button>
    </form>`;
}
