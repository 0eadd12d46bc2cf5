// @ts-check
import { nameOf } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { ClassTag } from "./class-tag.js";
import { Minutes } from "./minutes.js";
import { useSecond } from "./shared/news-hook.js";
import { minutesBetween } from "./turn.js";

/** @typedef {import("./types.js").Ticket} Ticket */
/** @typedef {import("./types.js").HallState} HallState */

/** How many of the queue are shown. */
const NEXT_SHOWN = 5;

/** @param {{queue: Ticket[], state: HallState, now: () => Date}} props */
export function Next({ queue, state, now }) {
  useSecond();
  return html`
    <section class="card upcoming" aria-labelledby="next-title">
      <h2 id="next-title"><span>${t("counter.up_next")}</span><span aria-hidden="true">${t("counter.waited_head")}</span></h2>
      ${queue.length === 0 && html`<p class="soft">${t("counter.nobody_waits")}</p>`}
      <ol>
        ${queue.slice(0, NEXT_SHOWN).map((ticket) => html`
          <li key=${ticket.number} data-ticket=${ticket.number}>
            <b class="number">${ticket.number}</b>
            <span class="row-what">
              ${ticket.promoted && html`<span class="tag">${t("counter.promoted")}</span>`}
              ${(ticket.target_window || ticket.target_clerk) && html`<span class="tag plain">${t("counter.kept_here")}</span>`}
              <span class="row-line">${nameOf(state.lines[ticket.line])}</span> <${ClassTag} class=${ticket.class} />
              ${ticket.notes > 0 && html` <span class="tag plain">${t("counter.has_note")}</span>`}</span>
            <${Minutes} minutes=${minutesBetween(ticket.joined_at, now())} />
          </li>`)}
      </ol>
      ${queue.length > NEXT_SHOWN && html`<p class="soft">${t("counter.more", { n: queue.length - NEXT_SHOWN })}</p>`}
    </section>`;
}
