// @ts-check
import { hallTime, hallTimeWithSeconds, nameOf, stopwatch } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { whyCalled } from "./because.js";
import { Notes } from "./notes.js";
import { useSecond } from "./shared/news-hook.js";
import { Part } from "./shared/boundary.js";
import { spokenOf } from "./spoken.js";
import { minutesBetween } from "./turn.js";

/** @typedef {import("./types.js").Ticket} Ticket */
/** @typedef {import("./types.js").HallState} HallState */

/** @param {{class: string}} props */
export function ClassTag({ class: name }) {
  return name === "care" ? html`<span class="tag">${t("counter.class.care")}</span>` : null;
}

/**
 * The ticket at the window, and what the clerk may be asked about it.
 * @param {{ticket: Ticket, state: HallState, hall: string, now: () => Date}} props
 */
export function Stage({ ticket, state, hall, now }) {
  return html`
    <div class="stage" data-state=${ticket.state} data-ticket=${ticket.number}>
      <div class="stage-top">
        <div class="stage-number number">${ticket.number}</div>
        <${Facts} ticket=${ticket} state=${state} />
        <${Timer} ticket=${ticket} now=${now} />
      </div>
      <div class="stage-more">
        <${Part} name="why" key=${`why ${ticket.id}`}><${Why} ticket=${ticket} zone=${state.hall.timezone} /><//>
        <${Spoken} ticket=${ticket} state=${state} />
        <${Part} name="notes" key=${`notes ${ticket.id}`}><${Notes} hall=${hall} ticket=${ticket} state=${state} /><//>
      </div>
    </div>`;
}

/** @param {{ticket: Ticket, state: HallState}} props */
function Facts({ ticket, state }) {
  const zone = state.hall.timezone;
  const waited = minutesBetween(ticket.joined_at, ticket.called_at);
  return html`
    <div class="stage-facts">
      <p class="stage-line">${nameOf(state.lines[ticket.line]) || ticket.line} <${ClassTag} class=${ticket.class} /></p>
      <p class="soft">
        ${ticket.class === "care" ? null : html`<span>${t("counter.class.ordinary")}</span>`}
        <span>${t("counter.issued_at", { time: hallTime(ticket.issued_at, zone) })}</span>
        <span>${waited === null ? "" : t("counter.waited", { n: waited })}</span>
        ${ticket.calls > 1 && html`<span>${t("counter.called_times", { n: ticket.calls })}</span>`}
      </p>
    </div>`;
}

/** The time since the call, or since the person arrived. @param {{ticket: Ticket, now: () => Date}} props */
function Timer({ ticket, now }) {
  useSecond();
  const serving = ticket.state === "serving";
  const since = serving ? ticket.started_at : ticket.called_at;
  const seconds = since ? (now().getTime() - Date.parse(since)) / 1000 : 0;
  return html`
    <div class="stage-timer">
      <span role="timer">${stopwatch(seconds)}</span>
      <small>${t(serving ? "counter.serving" : "counter.called")}</small>
    </div>`;
}

/** @param {{ticket: Ticket, zone: string}} props */
function Why({ ticket, zone }) {
  const parts = whyCalled(ticket, (iso) => hallTime(iso, zone));
  if (parts.length === 0) return null;
  const text = parts.map(({ key, facts }) => t(key, facts)).join(t("counter.why.join"));
  return html`<p class="why">${t("counter.why.sentence", { text })}</p>`;
}

/** @param {{ticket: Ticket, state: HallState}} props */
function Spoken({ ticket, state }) {
  const spoken = spokenOf(state.announcements, ticket.number);
  // Who is at the window has been found, spoken or not.
  if (!spoken || ticket.state !== "called") return null;
  const time = hallTimeWithSeconds(spoken.at, state.hall.timezone);
  return html`<p class="spoken" data-tone=${spoken.tone} data-spoken=${spoken.state} role="status">
    ${t(`counter.spoken.${spoken.state}`, { time })}</p>`;
}
