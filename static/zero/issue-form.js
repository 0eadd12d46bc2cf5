// @ts-check
import { nameOf } from "../lib/format.js";
import { linesInOrder } from "../lib/hall.js";
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";

/**
 * A number for somebody without phone or card.
 * @param {{state: any, waiting: boolean, onIssue: (body: {line: string, class: string, lang?: string}) => void}} props
 */
export function IssueForm({ state, waiting, onIssue }) {
  const lines = linesInOrder(state).filter((line) => line.open);
  const [letter, choose] = useState(lines.length ? lines[0].letter : "");
  const [english, call] = useState(false);
  const issue = (/** @type {string} */ name) => () => {
    if (waiting || !letter) return;
    onIssue({ line: letter, class: name, ...(english ? { lang: "en" } : {}) });
    call(false);
  };
  return html`
    <section class="card issue" aria-labelledby="issue-title">
      <h2 id="issue-title">${t("zero.issue")}</h2>
      <div class="field"><label for="issue-line">${t("zero.line")}</label>
        <select id="issue-line" value=${letter} onChange=${(/** @type {any} */ event) => choose(event.target.value)}>
          ${lines.map((line) => html`<option key=${line.letter} value=${line.letter}>${line.letter} ${nameOf(line)}</option>`)}
        </select></div>
      <label class="issue-lang"><input type="checkbox" name="lang" checked=${english} onChange=${() => call(!english)} />
        <span>${t("zero.issue_english")}</span></label>
      <div class="issue-buttons">
        <button type="button" class="button" data-class="ordinary" aria-disabled=${waiting} onClick=${issue("ordinary")}>${t("zero.issue_ordinary")}</button>
        <button type="button" class="button" data-class="care" aria-disabled=${waiting} onClick=${issue("care")}>${t("zero.issue_care")}</button>
      </div>
    </section>`;
}
