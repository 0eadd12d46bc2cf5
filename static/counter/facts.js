// @ts-check
import { hallTime, nameOf } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { ClassTag } from "./class-tag.js";
import { minutesBetween } from "./turn.js";

/** @typedef {import("./types.js").Ticket} Ticket */
/** @typedef {import("./types.js").HallState} HallState */

/**
 * What the clerk sees of the ticket beside its number.
 * @param {{ticket: Ticket, state: HallState}} props
 */
export function Facts({ ticket, state }) {
  const cases = ticket.cases || 1;
  return html`
    <div class="stage-facts">
      <p class="stage-line">${nameOf(state.lines[ticket.line]) || ticket.line} <${ClassTag} class=${ticket.class} />
        ${cases > 1 && html` <span class="tag plain" data-cases=${cases}>${t("counter.cases", { n: cases })}</span>`}</p>
      <p class="soft">${history(ticket, state).map((text) => html`<span key=${text}>${text}</span>`)}</p>
    </div>`;
}

/**
 * The way of this ticket so far, as far as the news tell it.
 * @param {Ticket} ticket
 * @param {HallState} state
 * @returns {string[]}
 */
function history(ticket, state) {
  const time = (/** @type {string} */ at) => hallTime(at, state.hall.timezone);
  const waited = minutesBetween(ticket.joined_at, ticket.called_at);
  const came = ticket.origin !== ticket.line && state.lines[ticket.origin];
  const joinedLater = ticket.joined_at !== ticket.issued_at;
  return [
    ticket.class === "care" ? "" : t("counter.class.ordinary"),
    t("counter.issued_at", { time: time(ticket.issued_at) }),
    came ? t("counter.came_from", { line: nameOf(state.lines[ticket.origin]) }) : "",
    joinedLater ? t("counter.joined_at", { time: time(ticket.joined_at) }) : "",
    waited === null ? "" : t("counter.waited", { n: waited }),
    ticket.calls > 1 ? t("counter.called_times", { n: ticket.calls }) : "",
    ticket.reinstatements > 0 ? t("counter.reinstated_times", { n: ticket.reinstatements }) : "",
  ].filter(Boolean);
}
