// @ts-check
import { nameOf } from "../lib/format.js";
import { linesInOrder } from "../lib/hall.js";
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { Choice } from "./choice.js";
import { AT_A_DISTANCE, DUE_IN, EMPTY_DRAFT, isAsked, questionBody } from "./question.js";
import { ServicePicker } from "./service-picker.js";

/**
 * What somebody asks from elsewhere. Every change is in the draft; it is empty again once the server has it.
 * @param {{state: any, services: any[], known: any, waiting: boolean, answer: any, onSend: (body: any) => Promise<boolean>}} props
 */
export function PhoneForm({ state, services, known, waiting, answer, onSend }) {
  const [draft, set] = useState(EMPTY_DRAFT);
  const change = (/** @type {Partial<typeof EMPTY_DRAFT>} */ part) => set({ ...draft, ...part });
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!waiting && isAsked(draft) && await onSend(questionBody(draft))) set({ ...EMPTY_DRAFT, channel: draft.channel });
  };
  return html`
    <section class="card phone" aria-labelledby="phone-title">
      <h2 id="phone-title">${t("zero.phone_title")}</h2>
      <form class="stack" onSubmit=${submit}>
        <${Choice} name="channel" legend=${t("zero.channel")} value=${draft.channel} onChange=${(/** @type {string} */ channel) => change({ channel })}
          options=${["phone", "online"].map((value) => ({ value, text: t(`zero.by.${value}`) }))} />
        <div class="field"><label for="question">${t("zero.question")}</label>
          <textarea id="question" rows="2" maxlength="300" value=${draft.question} onInput=${(/** @type {any} */ event) => change({ question: event.target.value })}></textarea></div>
        <${ServicePicker} services=${services} known=${known} lines=${state.lines} chosen=${draft.services}
          onChange=${(/** @type {string[]} */ codes) => change({ services: codes })} />
        <div class="field"><label for="caller">${t("zero.caller")}</label>
          <input id="caller" maxlength="300" autocomplete="off" value=${draft.caller} aria-describedby="caller-hint"
            onInput=${(/** @type {any} */ event) => change({ caller: event.target.value })} />
          <p class="soft small-text" id="caller-hint">${t("zero.caller_hint")}</p></div>
        <${Result} draft=${draft} change=${change} state=${state} />
        <label class="check"><input type="checkbox" checked=${draft.noEntry} onChange=${() => change({ noEntry: !draft.noEntry })} /><span>${t("zero.no_entry")}</span></label>
        ${answer}
        <div class="dialog-buttons"><button type="submit" class="button primary" disabled=${!isAsked(draft)} aria-disabled=${waiting}>
          ${t(draft.outcome ? "zero.save_answer" : "zero.save_promise")}</button></div>
      </form>
    </section>`;
}

/** Answered at once, or promised; and a number for whoever is told to come. @param {{draft: any, change: (part: any) => void, state: any}} props */
function Result({ draft, change, state }) {
  const lines = linesInOrder(state).filter((line) => line.open);
  return html`
    <div class="field"><label for="at-once">${t("zero.result")}</label>
      <select id="at-once" value=${draft.outcome} onChange=${(/** @type {any} */ event) => change({ outcome: event.target.value })}>
        <option value="">${t("zero.owed")}</option>
        ${AT_A_DISTANCE.map((name) => html`<option key=${name} value=${name}>${t(`zero.outcome.${name}`)}</option>`)}
      </select></div>
    ${!draft.outcome && html`<${Choice} name="due" legend=${t("zero.due")} value=${String(draft.due)}
      onChange=${(/** @type {string} */ due) => change({ due: Number(due) })}
      options=${DUE_IN.map((n) => ({ value: String(n), text: t("zero.minutes", { n }) }))} />`}
    ${draft.outcome && html`
      <div class="field"><label for="number-line">${t("zero.number_for_caller")}</label>
        <select id="number-line" value=${draft.line} onChange=${(/** @type {any} */ event) => change({ line: event.target.value })}>
          <option value="">${t("zero.no_number")}</option>
          ${lines.map((line) => html`<option key=${line.letter} value=${line.letter}>${line.letter} ${nameOf(line)}</option>`)}
        </select></div>`}
    ${draft.outcome && draft.line && html`<label class="check"><input type="checkbox" checked=${draft.care} onChange=${() => change({ care: !draft.care })} />
      <span>${t("zero.issue_care")}</span></label>`}`;
}
