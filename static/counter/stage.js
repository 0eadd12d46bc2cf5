// @ts-check
import { hallTime, stopwatch } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { StopsAhead } from "./ahead.js";
import { whyCalled } from "./because.js";
import { Facts } from "./facts.js";
import { longServiceS } from "./long-service.js";
import { Past } from "./past.js";
import { Proof } from "./proof.js";
import { rulesOf } from "./rules.js";
import { useSecond } from "./shared/news-hook.js";
import { Part } from "./shared/boundary.js";
import { Brings } from "../zero/brings.js";

/** @typedef {import("./types.js").Ticket} Ticket */
/** @typedef {import("./types.js").HallState} HallState */

/**
 * The ticket at the window, and what the clerk may be asked about it.
 * @param {{ticket: Ticket, state: HallState, hall: string, now: () => Date, children?: any}} props
 */
export function Stage({ ticket, state, hall, now, children }) {
  return html`
    <div class="stage" data-state=${ticket.state} data-ticket=${ticket.number}>
      <div class="stage-top">
        <div class="stage-number number">${ticket.number}</div>
        <${Facts} ticket=${ticket} state=${state} />
        <${Timer} ticket=${ticket} line=${state.lines[ticket.line]} arrival=${rulesOf(state.hall).arrival} now=${now} />
      </div>
      <div class="stage-more">
        ${children}
        <${Part} name="why" key=${`why ${ticket.id}`}><${Why} ticket=${ticket} zone=${state.hall.timezone} /><//>
        <${Part} name="brings" key=${`brings ${ticket.id}`}><${Brings} ticket=${ticket} hall=${hall} state=${state} /><//>
        <${StopsAhead} ticket=${ticket} state=${state} />
        <${Proof} ticket=${ticket} state=${state} />
        <${Part} name="past" key=${`past ${ticket.id}`}><${Past} hall=${hall} ticket=${ticket} state=${state} /><//>
      </div>
    </div>`;
}

/** The time since the call, or since the person arrived. @param {{ticket: Ticket, line: any, arrival: boolean, now: () => Date}} props */
function Timer({ ticket, line, arrival, now }) {
  useSecond();
  const serving = ticket.state === "serving";
  const since = serving ? ticket.started_at : ticket.called_at;
  const seconds = since ? (now().getTime() - Date.parse(since)) / 1000 : 0;
  const long = longServiceS(line);
  return html`
    <div class="stage-timer" data-long=${(serving || !arrival) && long !== null && seconds > long}>
      <span role="timer">${stopwatch(seconds)}</span>
      <small>${t(serving ? "counter.serving" : "counter.called")}</small>
    </div>`;
}

/** @param {{ticket: Ticket, zone: string}} props */
function Why({ ticket, zone }) {
  const parts = whyCalled(ticket, (iso) => hallTime(iso, zone));
  if (parts.length === 0) return null;
  const say = (/** @type {import("./because.js").Sentence} */ { key, facts }) =>
    t(key, facts.reason ? { ...facts, reason: t(`promotion.${facts.reason}`) } : facts);
  return html`<p class="why">${t("counter.why.sentence", { text: parts.map(say).join(t("counter.why.join")) })}</p>`;
}
