// @ts-check
import { isWaiting } from "../counter/presses.js";
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { Answer } from "./answer.js";
import { CameFor } from "./came-for.js";
import { ConsultingQuestion } from "./consulting-question.js";
import { FloorList } from "./floor-list.js";
import { IssueForm } from "./issue-form.js";
import { FLOOR_OUTCOMES, likely } from "./outcomes.js";
import { Search } from "./search.js";
import { withAllPapers, withService } from "./sheet.js";
import { Triage } from "./triage.js";
import { useConsulting } from "./use-consulting.js";
import { useKeys } from "./use-keys.js";
import { useOrders } from "./use-orders.js";
import { focusSearch } from "./use-window.js";

/**
 * The greeter's tablet: those who wait at the zero window, sorted out before they are called.
 * @param {{who: any, news: any, services: any[], known: any, onNotice: (id: string) => void}} props
 */
export function FloorDesk({ who, news, services, known, onNotice }) {
  const [chosen, choose] = useState(/** @type {string | null} */ (null));
  const { press, free, ask } = useOrders(who.hall);
  const state = news.state;
  // One who was called meanwhile is the window's, and leaves this page by itself.
  const ticket = chosen && state.tickets[chosen] && state.tickets[chosen].state === "waiting" ? state.tickets[chosen] : null;
  const consulting = useConsulting({
    ticket, known, lines: state.lines, floor: true, onNotice, free,
    send: (body) => ask("consult", ticket && ticket.number, `/tickets/${ticket ? ticket.id : ""}/consultations`, body),
  });
  const mayTriage = ["greeter", "supervisor"].includes(who.staff.role);
  useKeys(actFor({ consulting, known, ticket: mayTriage ? ticket : null }));
  const add = (/** @type {string} */ code) => consulting.change(withService(consulting.sheet, code));
  return html`
    <main class="zero-desk floor" data-chosen=${ticket ? ticket.number : ""}>
      <div class="floor-people">
        <${FloorList} state=${state} now=${news.now} chosen=${ticket ? ticket.number : null} onChoose=${choose} />
        <${IssueForm} state=${state} waiting=${isWaiting(press)} onIssue=${(/** @type {any} */ body) => ask("issue", null, "/tickets", body)} />
      </div>
      <${Search} services=${services} lines=${state.lines} onAdd=${add} />
      <${CameFor} consulting=${consulting} known=${known} />
      <div class="zero-side">
        <section class="card floor-who" aria-live="polite">
          <p>${ticket ? html`<b class="number floor-number">${ticket.number}</b> ${t("zero.floor_chosen")}` : t("zero.floor_choose")}</p>
          ${!mayTriage && html`<p class="soft small-text">${t("zero.floor_only_greeter")}</p>`}
          <${Answer} press=${press} hint=${consulting.hint} lines=${state.lines} />
        </section>
        <${Triage} outcomes=${FLOOR_OUTCOMES} likely=${ticket ? likely(consulting.sheet, known) : null}
          resting=${!ticket || !mayTriage} waiting=${isWaiting(press)} onOutcome=${consulting.choose} />
      </div>
      ${ticket && html`<${ConsultingQuestion} consulting=${consulting} ticket=${ticket} state=${state} known=${known} press=${press} floor />`}
    </main>`;
}

/** @param {{consulting: import("./use-consulting.js").Consulting, known: any, ticket: any}} parts */
function actFor({ consulting, known, ticket }) {
  return (/** @type {string} */ wish) => {
    if (wish === "search") return focusSearch();
    if (wish === "papers") return consulting.change(withAllPapers(consulting.sheet, known));
    if (wish === "no_entry") return consulting.change({ ...consulting.sheet, noEntry: !consulting.sheet.noEntry });
    const outcome = wish.startsWith("outcome:") ? wish.slice("outcome:".length) : null;
    if (!outcome || !FLOOR_OUTCOMES.some(({ name }) => name === outcome)) return undefined;
    return ticket ? consulting.choose(outcome) : consulting.say(t("zero.floor_choose"));
  };
}
