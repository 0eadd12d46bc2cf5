// @ts-check
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { AT_A_DISTANCE } from "./question.js";

/** @param {{waiting: boolean, onReply: (body: any) => void, onClose: () => void}} props */
export function ReplyForm({ waiting, onReply, onClose }) {
  const [outcome, choose] = useState(AT_A_DISTANCE[0]);
  const [answer, write] = useState("");
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const text = answer.trim();
    if (!waiting) onReply(text ? { outcome, answer: text } : { outcome });
  };
  return html`
    <form class="stack reply" onSubmit=${submit}>
      <div class="field"><label for="reply-outcome">${t("zero.result")}</label>
        <select id="reply-outcome" autofocus value=${outcome} onChange=${(/** @type {any} */ event) => choose(event.target.value)}>
          ${AT_A_DISTANCE.map((name) => html`<option key=${name} value=${name}>${t(`zero.outcome.${name}`)}</option>`)}
        </select></div>
      <div class="field"><label for="reply-text">${t("zero.answer")}</label>
        <textarea id="reply-text" rows="2" maxlength="300" value=${answer} onInput=${(/** @type {any} */ event) => write(event.target.value)}></textarea></div>
      <div class="dialog-buttons">
        <button type="button" class="button" onClick=${onClose}>${t("staff.cancel")}</button>
        <button type="submit" class="button primary" aria-disabled=${waiting}>${t("zero.send_reply")}</button>
      </div>
    </form>`;
}
