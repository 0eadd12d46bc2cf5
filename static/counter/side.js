// @ts-check
import { hallTime, nameOf } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { ClassTag } from "./stage.js";
import { useSecond } from "./shared/news-hook.js";
import { lineLoad, minutesBetween } from "./turn.js";

/** @typedef {import("./types.js").Ticket} Ticket */
/** @typedef {import("./types.js").HallState} HallState */

/** How many of the queue are shown. */
const NEXT_SHOWN = 5;
/** From how many minutes a wait is shown as long. */
const LONG_WAIT = 30;

/** @param {{minutes: number | null}} props */
function Minutes({ minutes }) {
  if (minutes === null) return html`<span class="minutes">${t("counter.none")}</span>`;
  return html`<span class="minutes" data-long=${minutes >= LONG_WAIT}>${t("counter.minutes", { n: minutes })}</span>`;
}

/** @param {{state: HallState, window: import("./types.js").Window, now: () => Date}} props */
export function Loads({ state, window, now }) {
  useSecond();
  const own = window.lines.map((letter) => ({ letter, secondary: false }));
  const all = [...own, ...window.secondary.map((letter) => ({ letter, secondary: true }))];
  return html`
    <section class="card loads" aria-labelledby="loads-title">
      <h2 id="loads-title">${t("counter.waiting")}</h2>
      <ul>
        ${all.map(({ letter, secondary }) => html`
          <${Load} key=${letter} line=${state.lines[letter]} load=${lineLoad(letter, state.tickets)}
            secondary=${secondary} now=${now} />`)}
      </ul>
    </section>`;
}

/** @param {{line: any, load: {letter: string, waiting: number, since: string | null}, secondary: boolean, now: () => Date}} props */
function Load({ line, load, secondary, now }) {
  const longest = minutesBetween(load.since, now());
  return html`
    <li data-line=${load.letter}>
      <b>${load.waiting}</b>
      <span class="load-name">${nameOf(line) || load.letter}${secondary && html` <small>${t("counter.secondary")}</small>`}</span>
      <span class="soft load-longest">
        ${longest === null ? t("counter.nobody") : html`${t("counter.longest")} <${Minutes} minutes=${longest} />`}</span>
    </li>`;
}

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
              <span class="row-line">${nameOf(state.lines[ticket.line])}</span> <${ClassTag} class=${ticket.class} />
              ${ticket.notes > 0 && html` <span class="tag plain">${t("counter.has_note")}</span>`}</span>
            <${Minutes} minutes=${minutesBetween(ticket.joined_at, now())} />
          </li>`)}
      </ol>
      ${queue.length > NEXT_SHOWN && html`<p class="soft">${t("counter.more", { n: queue.length - NEXT_SHOWN })}</p>`}
    </section>`;
}

/**
 * People who did not come when called and may be standing there now.
 * @param {{missed: Ticket[], zone: string, idle: boolean, onAction: (action: string, ticket: Ticket) => void}} props
 */
export function Missed({ missed, zone, idle, onAction }) {
  return html`
    <section class="card missed" aria-labelledby="missed-title">
      <h2 id="missed-title">${t("counter.missed")}</h2>
      ${missed.length === 0 && html`<p class="soft">${t("counter.nobody_missed")}</p>`}
      <ul>
        ${missed.map((ticket) => html`
          <li key=${ticket.number} data-ticket=${ticket.number}>
            <b class="number">${ticket.number}</b>
            <span class="soft">${ticket.missed_at ? hallTime(ticket.missed_at, zone) : ""}</span>
            <button type="button" class="button small" disabled=${!idle} title=${idle ? "" : t("counter.call_back_busy")}
              aria-label=${t("counter.call_back_who", { number: ticket.number })}
              onClick=${() => onAction("call_back", ticket)}>${t("counter.action.call_back")}</button>
            <button type="button" class="button small" aria-label=${t("counter.reinstate_who", { number: ticket.number })}
              onClick=${() => onAction("reinstate", ticket)}>${t("counter.action.reinstate")}</button>
          </li>`)}
      </ul>
    </section>`;
}
