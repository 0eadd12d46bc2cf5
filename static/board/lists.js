// @ts-check
/** Who was called before. */
import { windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { isMissed, sizeOf } from "./latest.js";
import { Arrow, wayText, wayTo } from "./ways.js";

/** Rows that still have figures of 80 pixels, on a screen of 1080 or 1920. */
const MOST_ROWS = { landscape: 6, portrait: 9 };

/** How the list is laid out: a wide screen has the layout's columns, an upright one has one.
 *  @param {import("../lib/layout.js").Board} board @param {boolean} portrait */
export function shapeOf(board, portrait) {
  const columns = portrait ? 1 : board.columns;
  const rows = Math.min(Math.ceil(board.listed / columns), portrait ? MOST_ROWS.portrait : MOST_ROWS.landscape);
  return { columns, rows, listed: Math.min(board.listed, columns * rows) };
}

export function Previous({ calls, shape, frame }) {
  const { columns, rows } = shape;
  return html`
    <section class="previous" aria-label=${t("board.previous")}>
      <ol class="calls" style=${{ "--columns": columns, "--rows": rows }}>
        ${calls.map((call, n) => html`<${Call} key=${call.seq} call=${call} frame=${frame} last=${n >= columns * (rows - 1)} />`)}
      </ol>
    </section>
  `;
}

function Call({ call, frame, last }) {
  const { whole, board, second } = frame;
  const gone = isMissed(whole, call);
  const window = whole.windows[call.window] || { code: call.window };
  const way = wayTo(board, window);
  return html`
    <li class=${`call ${gone ? "missed" : ""} ${call.next ? "next" : ""} ${last ? "last" : ""}`}>
      <span class=${`call-number number ${call.number.length > 5 ? "long" : ""}`}>${call.number}</span>
      <span class="call-where">
        ${gone && html`<span class="tag">${t("board.missed")}</span>`}
        ${way.direction && !gone && html`<${Arrow} way=${way} class="call-arrow" />`}
        <span class=${`call-window ${sizeOf(windowName(window))}`}>${windowName(window)}</span>
        <${Small} window=${window} way=${way} second=${second} />
      </span>
    </li>
  `;
}

/** The second language, and the floor. */
function Small({ window, way, second }) {
  const floor = wayText({ floor: way.floor });
  if (!second && !floor) return null;
  return html`
    <span class="second">
      ${second && html`<span lang=${second.lang}>${windowName(window, second.t)}</span>`}${second && floor ? " · " : ""}${floor}
    </span>
  `;
}
