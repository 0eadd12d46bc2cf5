// @ts-check
/** Who was called before, and who waits where. */
import { nameOf, windowName } from "../lib/format.js";
import { linesInOrder, waitingByLine } from "../lib/hall.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { sizeOf } from "./latest.js";

export function Previous({ calls, state, second }) {
  return html`
    <section class="previous" aria-label=${t("board.previous")}>
      <ol class="calls">
        ${calls.map((call) => html`<${Call} key=${call.seq} call=${call} state=${state} second=${second} />`)}
      </ol>
    </section>
  `;
}

function Call({ call, state, second }) {
  const gone = (state.tickets[call.number] || {}).state === "missed";
  const window = state.windows[call.window] || { code: call.window };
  return html`
    <li class=${`call ${gone ? "missed" : ""} ${call.next ? "next" : ""}`}>
      <span class=${`call-number number ${call.number.length > 5 ? "long" : ""}`}>${call.number}</span>
      <span class="call-where">
        ${gone && html`<span class="tag">${t("board.missed")}</span>`}
        <span class=${`call-window ${sizeOf(windowName(window))}`}>${windowName(window)}</span>
        ${second && html`<span class="second" lang=${second.lang}>${windowName(window, second.t)}</span>`}
      </span>
    </li>
  `;
}

export function Waiting({ state, second }) {
  const waiting = waitingByLine(state);
  return html`
    <section class="waiting" aria-labelledby="waiting">
      <h2 id="waiting" class="waiting-title">
        ${t("board.waiting")}${second && html` <span class="second" lang=${second.lang}>${second.t("board.waiting")}</span>`}
        <span class="waiting-unit">${t("board.waiting_people")}</span>
      </h2>
      <dl class="waiting-lines">
        ${linesInOrder(state).map((line) => html`
          <div class=${`waiting-line ${waiting[line.letter] ? "" : "nobody"}`} key=${line.letter}>
            <dt>${line.kind === "zero" ? t("line.zero") : nameOf(line)}</dt>
            <dd class="number">${waiting[line.letter] || 0}</dd>
          </div>
        `)}
      </dl>
    </section>
  `;
}
