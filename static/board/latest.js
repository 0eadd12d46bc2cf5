// @ts-check
/** The large field: who is called, and where to go. */
import { hallDate, nameOf, windowName } from "../lib/format.js";
import { hoursText, nextIssuing } from "../lib/hall.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { breadthOf, fitted, screenInRem } from "./fit.js";
import { Arrow, areaOf, wayText, wayTo } from "./ways.js";

/** The head of the board: padding, arrow and gaps beside number and name, in rem; and the largest name. */
const TAKEN = { landscape: 7 + 8 + 6, portrait: 6 + 6 + 2.5 };
const LARGEST = { landscape: 11.5, portrait: 8 };
/** The size of a number by its length, in rem, and the most the details may have. */
const NUMBER = { landscape: { 4: 18.5, 5: 16.5, 6: 14 }, portrait: { 4: 17.5, 5: 16, 6: 14 } };
const DETAILS = 3;

/** Sizes of the large field, so that nothing in it is ever cut off. @param {string} number @param {string} name @param {string} details */
function sizes(number, name, details) {
  const { width, portrait } = screenInRem();
  const way = portrait ? "portrait" : "landscape";
  const length = /** @type {4 | 5 | 6} */ (Math.min(6, Math.max(4, number.length)));
  const size = NUMBER[way][length];
  const room = width - TAKEN[way] - (portrait ? 0 : breadthOf(number) * size);
  return { "--number": `${size}rem`, "--name": fitted(name, room, LARGEST[way]), "--details": fitted(details, room * 1.04, DETAILS) };
}

export const isMissed = (state, call) => (state.tickets[call.number] || {}).state === "missed";

export function Latest({ call, flashing, frame }) {
  const { whole, board, second } = frame;
  const window = whole.windows[call.window] || { code: call.window };
  const gone = isMissed(whole, call);
  const name = windowName(window);
  const details = detailsOf(call, window, frame);
  return html`
    <section class=${`latest ${flashing ? "flashing" : ""} ${gone ? "missed" : ""}`} role="status" aria-label=${t("board.latest")}
      key=${call.seq} style=${sizes(call.number, name, `${gone ? t("board.missed") + "。。" : ""}${details}`)}>
      <p class="latest-number number">${call.number}</p>
      <${Arrow} way=${wayTo(board, window)} />
      <div class="latest-where">
        <p class="latest-window">${name}</p>
        ${second && html`<p class="second" lang=${second.lang}>${windowName(window, second.t)}</p>`}
        <p class="latest-line">${gone && html`<span class="tag">${t("board.missed")}</span>`}${details}</p>
      </div>
    </section>
  `;
}

/** "社保医保 · A区 · 2楼 · 右侧" */
function detailsOf(call, window, { whole, board, second }) {
  const line = whole.lines[call.line];
  const way = wayText(wayTo(board, window));
  const names = [nameOf(line), second && !way && nameOf(line, second.lang), areaOf(window), way];
  return [...new Set(names.filter(Boolean))].join(" · ");
}

/** No call yet, or no day. */
export function Nothing({ frame }) {
  const { whole: state, meta, second } = frame;
  const open = Boolean(state.day) && state.day.state !== "closed";
  const key = open ? "board.no_call" : "board.closed";
  return html`
    <section class=${`latest nothing ${open ? "" : "closed"}`} role="status">
      <p class="nothing-title">${t(key)}</p>
      ${second && html`<p class="second" lang=${second.lang}>${second.t(key)}</p>`}
      ${(open ? [t("board.no_call_says")] : hoursSay(state.hall, meta.now)).map((line) => html`<p class="nothing-says" key=${line}>${line}</p>`)}
    </section>
  `;
}

/** @param {Record<string, any>} hall @param {Date} now @returns {string[]} */
export function hoursSay(hall, now) {
  const hours = t("board.closed_hours", { hours: hoursText(hall) });
  const next = nextIssuing(hall, now);
  if (!next) return [hours];
  const date = next.today ? t("time.today") : hallDate(next.date, hall.timezone);
  return [t("board.closed_from", { date, from: next.from }), hours];
}
