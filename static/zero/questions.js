// @ts-check
import { useSecond } from "../counter/shared/news-hook.js";
import { hallTime, nameOf } from "../lib/format.js";
import { refusalText, t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { byUrgency, minutesLeft, wordsOf } from "./question.js";
import { ReplyForm } from "./reply-form.js";

/**
 * Who waits for an answer, the most urgent first.
 * @param {object} props
 * @param {any} props.found null until it is read
 * @param {string | null} props.error
 * @param {any} props.known
 * @param {() => Date} props.now
 * @param {string} props.zone
 * @param {boolean} props.waiting
 * @param {(id: string, body: any) => Promise<boolean>} props.onReply
 */
export function Questions({ found, error, known, now, zone, waiting, onReply }) {
  useSecond();
  const [open, unfold] = useState(/** @type {string | null} */ (null));
  const questions = byUrgency(found ? found.open : []);
  const late = questions.filter((one) => (minutesLeft(one, now()) ?? 0) < 0).length;
  return html`
    <section class="card questions" aria-labelledby="questions-title">
      <h2 id="questions-title"><span>${t("zero.questions", { n: questions.length })}</span>
        ${late > 0 && html`<span class="late">${t("zero.overdue_count", { n: late })}</span>`}</h2>
      ${error && html`<p class="notice warn" role="alert">${refusalText({ error })}</p>`}
      ${found ? questions.length === 0 && html`<p class="soft">${t("zero.no_questions")}</p>` : !error && html`<p role="status">${t("staff.loading")}</p>`}
      <ul class="rows">
        ${questions.map((one) => html`
          <li key=${one.id} data-question=${one.id}>
            <${Head} question=${one} known=${known} left=${minutesLeft(one, now())} zone=${zone} />
            ${open === one.id
              ? html`<${ReplyForm} waiting=${waiting} onClose=${() => unfold(null)}
                  onReply=${async (/** @type {any} */ body) => { if (await onReply(one.id, body)) unfold(null); }} />`
              : html`<button type="button" class="button small" data-reply=${one.id} onClick=${() => unfold(one.id)}>${t("zero.reply")}</button>`}
          </li>`)}
      </ul>
    </section>`;
}

/** @param {{question: any, known: any, left: number | null, zone: string}} props */
function Head({ question, known, left, zone }) {
  const names = (question.services || []).map((/** @type {string} */ code) => nameOf(known[code]) || code).join(t("counter.list"));
  const caller = wordsOf(question, "caller");
  return html`
    <p class="row-top"><span class="tag plain">${t(`zero.by.${question.channel}`)}</span>
      <span class="soft">${t("zero.asked_at", { time: hallTime(question.at, zone) })}</span>
      <${Left} left=${left} /></p>
    <p class="row-text">${wordsOf(question, "question") || names || t("zero.no_words")}</p>
    ${wordsOf(question, "question") && names && html`<p class="soft small-text">${names}</p>`}
    ${caller && html`<p class="small-text">${t("zero.caller_is", { caller })}</p>`}`;
}

/** The reply clock. @param {{left: number | null}} props */
function Left({ left }) {
  if (left === null) return html`<span class="soft">${t("zero.no_promise")}</span>`;
  if (left < 0) return html`<span class="late">${t("zero.overdue", { n: -left })}</span>`;
  return html`<span class="left">${t("zero.left", { n: left })}</span>`;
}
