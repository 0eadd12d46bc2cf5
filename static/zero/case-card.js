// @ts-check
import { hallDay, hallTime, nameOf, windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { isOverdue, nextStep, STEPS, stepBody } from "./case.js";

/**
 * One blocked case: how far it is, what was done, and the one next step.
 * @param {object} props
 * @param {any} props.one
 * @param {any} props.known
 * @param {string} props.today
 * @param {string} props.zone
 * @param {Record<string, any>} props.windows
 * @param {boolean} props.waiting
 * @param {(body: any) => Promise<boolean>} props.onStep
 */
export function CaseCard({ one, known, today, zone, windows, waiting, onStep }) {
  const name = one.service ? nameOf(known[one.service]) || one.service : t("zero.case_no_service");
  const late = isOverdue(one, today);
  return html`
    <li class="case" data-case=${one.id} data-step=${one.step} data-late=${late}>
      <p class="row-top"><b>${name}</b>
        <span class=${late ? "late" : "soft"}>${t(late ? "zero.case_late" : "zero.case_due", { date: one.due_on })}</span></p>
      <p class="soft small-text">${hallDay(one.at, zone)} ${hallTime(one.at, zone)}
        ${one.window ? html` · ${windowName(windows[one.window]) || one.window}` : ""} · ${t("zero.case_owner", { owner: one.owner || t("zero.nobody_yet") })}</p>
      <ol class="steps" aria-label=${t("zero.steps")}>
        ${STEPS.map((step) => html`<li key=${step} data-done=${STEPS.indexOf(step) <= STEPS.indexOf(one.step)}
          aria-current=${step === one.step ? "step" : undefined}>${t(`zero.step.${step}`)}</li>`)}
      </ol>
      <ul class="words">
        ${one.words.map((/** @type {any} */ word, /** @type {number} */ at) => html`<li key=${at}>${word.text}
          <span class="soft small-text"> ${hallDay(word.at, zone)} ${hallTime(word.at, zone)} ${word.by || ""}</span></li>`)}
      </ul>
      <${NextStep} one=${one} waiting=${waiting} onStep=${onStep} />
    </li>`;
}

/** @param {{one: any, waiting: boolean, onStep: (body: any) => Promise<boolean>}} props */
function NextStep({ one, waiting, onStep }) {
  const to = nextStep(one.step);
  const [text, write] = useState("");
  const [owner, name] = useState(one.owner || "");
  if (!to) return null;
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!waiting && await onStep(stepBody(to, to === "assigned" ? owner : "", text))) write("");
  };
  const needsOwner = to === "assigned" && !owner.trim();
  return html`
    <form class="next-step" onSubmit=${submit}>
      ${to === "assigned" && html`<div class="field"><label for=${`owner-${one.id}`}>${t("zero.owner")}</label>
        <input id=${`owner-${one.id}`} maxlength="40" value=${owner} onInput=${(/** @type {any} */ event) => name(event.target.value)} /></div>`}
      <div class="field"><label for=${`text-${one.id}`}>${t("zero.what_was_done")}</label>
        <input id=${`text-${one.id}`} maxlength="300" autocomplete="off" value=${text} onInput=${(/** @type {any} */ event) => write(event.target.value)} /></div>
      <button type="submit" class="button primary" data-step-to=${to} disabled=${needsOwner} aria-disabled=${waiting}>${t(`zero.take_step.${to}`)}</button>
    </form>`;
}
