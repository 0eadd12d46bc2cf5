// @ts-check
import { outcomeOf } from "../counter/presses.js";
import { nameOf } from "../lib/format.js";
import { refusalText, t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";

/** @typedef {import("../counter/presses.js").Press} Press */

/** Orders of this page; the window's own have their sentences at the counter. */
const OWN = ["consult", "issue", "question", "reply", "step", "return"];

/**
 * What a press came to, where the eye is.
 * @param {{press: Press | null, hint?: string | null, lines?: Record<string, any>, role?: string}} props
 */
export function Answer({ press, hint = null, lines = {}, role = "status" }) {
  const { text, tone } = hint ? { text: hint, tone: "soft" } : sentenceOf(press, lines);
  return html`<p class="outcome" role=${role} data-tone=${tone}>${text}</p>`;
}

/** @param {Press | null} press @param {Record<string, any>} lines */
function sentenceOf(press, lines) {
  if (!press) return { text: "", tone: "soft" };
  if (press.phase === "refused" && press.answer) return { text: refusalText(press.answer.body), tone: "bad" };
  const tone = press.phase === "unconfirmed" ? "warn" : press.phase === "failed" ? "bad" : "good";
  const said = press.phase === "done" && OWN.includes(press.action) ? doneOf(press, lines) : outcomeOf(press);
  return { text: said ? t(said.key, said.facts) : "", tone };
}

/**
 * The key and facts of the sentence about an order of this page that was done.
 * @param {Press} press @param {Record<string, any>} lines
 * @returns {{key: string, facts: Record<string, any>}}
 */
export function doneOf({ action, subject, answer }, lines) {
  const body = (answer && answer.body) || {};
  const ticket = body.ticket || {};
  const facts = {
    number: ticket.number || subject || "", line: nameOf(lines[ticket.line]) || ticket.line || "",
    ahead: body.ahead ?? "", due: body.case ? body.case.due_on : "",
  };
  if (action === "consult") return { key: `zero.done.${body.consultation ? body.consultation.outcome : "consult"}`, facts };
  if (action === "question") return { key: questionDone(body), facts };
  return { key: `zero.done.${action}`, facts };
}

/** @param {any} body */
function questionDone(body) {
  if (body.ticket) return "zero.done.question_number";
  return body.consultation && body.consultation.outcome ? "zero.done.question" : "zero.done.question_open";
}
