// @ts-check
import { Confirm } from "../counter/shared/dialog.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { ConsultingQuestion } from "./consulting-question.js";
import { PauseDialog } from "./pause-dialog.js";

/**
 * The question that stands open at the window, if there is one.
 * @param {{zero: import("./use-window.js").Zero, known: import("./sheet.js").Known}} props
 */
export function QuestionFor({ zero, known }) {
  const { desk, question, send, dismiss } = zero;
  if (question === "pause") {
    return html`<${PauseDialog} onReason=${(/** @type {string} */ reason) => send("pause", { reason })} onClose=${dismiss} />`;
  }
  if (!desk.ticket || !desk.state) return null;
  if (question === "leave") {
    return html`<${Confirm} title=${t("counter.leave_title", { number: desk.ticket.number })} text=${t("counter.leave_text")}
      yes=${t("counter.action.leave")} onYes=${() => send("leave")} onClose=${dismiss} />`;
  }
  return html`<${ConsultingQuestion} consulting=${zero.consulting} ticket=${desk.ticket} state=${desk.state} known=${known} />`;
}
