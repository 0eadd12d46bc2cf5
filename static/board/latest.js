// @ts-check
/** The large field: who is called, and where to go. */
import { hallDate, nameOf, windowName } from "../lib/format.js";
import { hoursText, nextIssuing } from "../lib/hall.js";
import { language, t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";

/** How wide a name is, in Chinese characters. @param {string} name */
const breadth = (name) => [...name].reduce((sum, one) => sum + (one < "\u2e80" ? 0.55 : 1), 0);

/** @param {string} name */
export function sizeOf(name) {
  if (breadth(name) > 7) return "widest";
  return breadth(name) > 5.2 ? "wide" : "";
}

const missed = (state, call) => (state.tickets[call.number] || {}).state === "missed";

export function Latest({ call, flashing, state, second }) {
  const window = state.windows[call.window] || { code: call.window };
  const gone = missed(state, call);
  const name = windowName(window);
  const tone = `latest ${flashing ? "flashing" : ""} ${gone ? "missed" : ""} n${Math.min(call.number.length, 6)}`;
  return html`
    <section class=${tone} role="status" aria-label=${t("board.latest")} key=${call.seq}>
      <p class="latest-number number">${call.number}</p>
      <${Arrow} />
      <div class="latest-where">
        <p class=${`latest-window ${sizeOf(name)}`}>${name}</p>
        ${second && html`<p class="second" lang=${second.lang}>${windowName(window, second.t)}</p>`}
        <${Details} call=${call} window=${window} state=${state} gone=${gone} second=${second} />
      </div>
    </section>
  `;
}

function Details({ call, window, state, gone, second }) {
  const line = state.lines[call.line];
  // An area's name is what the sign in the hall says: there is no translation of it.
  const area = language() === "en" ? "" : window.area;
  const names = [...new Set([nameOf(line), second && nameOf(line, second.lang), area].filter(Boolean))];
  return html`
    <p class="latest-line">${gone && html`<span class="tag">${t("board.missed")}</span>`}${names.join(" · ")}</p>
  `;
}

/** Drawn, so that it has the weight of the figures beside it in every font. */
function Arrow() {
  return html`
    <svg class="arrow" viewBox="0 0 100 100" aria-hidden="true" focusable="false">
      <path d="M4 50h84M56 16l34 34-34 34" fill="none" stroke="currentColor" stroke-width="9" />
    </svg>
  `;
}

/** No call yet, or no day. */
export function Nothing({ state, now, second }) {
  const open = Boolean(state.day) && state.day.state !== "closed";
  const key = open ? "board.no_call" : "board.closed";
  return html`
    <section class=${`latest nothing ${open ? "" : "closed"}`} role="status">
      <p class="nothing-title">${t(key)}</p>
      ${second && html`<p class="second" lang=${second.lang}>${second.t(key)}</p>`}
      ${(open ? [t("board.no_call_says")] : hoursSay(state.hall, now)).map((line) => html`<p class="nothing-says" key=${line}>${line}</p>`)}
    </section>
  `;
}

/** @param {Record<string, any>} hall @param {Date} now @returns {string[]} */
function hoursSay(hall, now) {
  const hours = t("board.closed_hours", { hours: hoursText(hall) });
  const next = nextIssuing(hall, now);
  if (!next) return [hours];
  const date = next.today ? t("time.today") : hallDate(next.date, hall.timezone);
  return [t("board.closed_from", { date, from: next.from }), hours];
}
