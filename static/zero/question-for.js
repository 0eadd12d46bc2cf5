// @ts-check
import { Said } from "../counter/shared/asked.js";
import { Confirm } from "../counter/shared/dialog.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { ConsultingQuestion, saidOf } from "./consulting-question.js";
import { PauseDialog } from "./pause-dialog.js";

/**
 * The question that stands open at the window, if there is one.
 * @param {{zero: import("./use-window.js").Zero, known: import("./sheet.js").Known}} props
 */
export function QuestionFor({ zero, known }) {
  const { desk, question, sent } = zero;
  if (question) return html`<${Said.Provider} value=${sent ? saidOf(desk.press) : null}><${OfWindow} zero=${zero} /><//>`;
  if (!desk.ticket || !desk.state) return null;
  return html`<${ConsultingQuestion} consulting=${zero.consulting} ticket=${desk.ticket} state=${desk.state} known=${known} press=${desk.press} />`;
}

/** @param {{zero: import("./use-window.js").Zero}} props */
function OfWindow({ zero }) {
  const { desk, question, send, dismiss } = zero;
  if (question === "pause") {
    return html`<${PauseDialog} onReason=${(/** @type {string} */ reason) => send("pause", { reason })} onClose=${dismiss} />`;
  }
  if (question !== "leave" || !desk.ticket) return null;
  return html`<${Confirm} title=${t("counter.leave_title", { number: desk.ticket.number })} text=${t("counter.leave_text")}
    yes=${t("counter.action.leave")} onYes=${() => send("leave")} onClose=${dismiss} />`;
}
