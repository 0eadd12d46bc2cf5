// @ts-check
/** Who was called before. */
import { windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { breadthOf, fitted, screenInRem, sized } from "./fit.js";
import { isMissed } from "./latest.js";
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

/** What stands in a row beside the window's name, in rem: gaps, arrow, the tag of who was missed. */
const BESIDE = { gap: 2.5, arrow: 3.2, tag: 5.5 };
/** The largest number, name and small text of a row, in rem, and what the list's edges and columns take. */
const LARGEST = { number: 5.25, name: 3, small: 1.4 };
/** A name that would be smaller than this takes two lines, in rem. */
const LEGIBLE = 1.9;
const TAKEN = { edges: 6, column: 3, side: 37 };

/** How wide a row of the list is, in rem. @param {number} columns @param {boolean} alone */
function rowWidth(columns, alone) {
  const { width, portrait } = screenInRem();
  const room = width - TAKEN.edges - (portrait || alone ? 0 : TAKEN.side);
  return (room - TAKEN.column * (columns - 1)) / columns;
}

export function Previous({ calls, shape, alone, frame }) {
  const { columns, rows } = shape;
  const width = rowWidth(columns, alone);
  return html`
    <section class="previous" aria-label=${t("board.previous")}>
      <ol class="calls" style=${{ "--columns": columns, "--rows": rows }}>
        ${calls.map((call, n) => html`<${Call} key=${call.seq} call=${call} frame=${frame} width=${width} last=${n >= columns * (rows - 1)} />`)}
      </ol>
    </section>
  `;
}

function Call({ call, frame, width, last }) {
  const { whole, board, second } = frame;
  const gone = isMissed(whole, call);
  const window = whole.windows[call.window] || { code: call.window };
  const way = wayTo(board, window);
  const points = way.direction && !gone;
  const name = windowName(window);
  const small = [second && windowName(window, second.t), wayText({ ...way, direction: null })].filter(Boolean).join(" · ");
  return html`
    <li class=${`call ${gone ? "missed" : ""} ${call.next ? "next" : ""} ${last ? "last" : ""}`}
      style=${nameSize(call.number, name, small, { gone, points, width, scale: board.scale / 100 })}>
      <span class="call-number number">${call.number}</span>
      <span class="call-where">
        <span class="call-name">
          ${gone && html`<span class="tag">${t("board.missed")}</span>`}
          ${points && html`<${Arrow} way=${way} class="call-arrow" />`}
          <span class="call-window">${name}</span>
        </span>
        ${small && html`<span class="second" lang=${second ? second.lang : undefined}>${small}</span>`}
      </span>
    </li>
  `;
}

/** A long number leaves less room for the name of its window; an upright screen has the small text beside it. */
function nameSize(number, name, small, { gone, points, width, scale }) {
  const beside = BESIDE.gap + (gone ? BESIDE.tag * scale : 0) + (points ? BESIDE.arrow * scale : 0);
  const aside = small && screenInRem().portrait ? breadthOf(small) * LARGEST.small * scale + 1 : 0;
  const room = width - breadthOf(number) * Math.max(5, LARGEST.number * scale) - beside - aside;
  const breadth = breadthOf(name);
  if (room / breadth >= LEGIBLE) return { "--name": fitted(name, room, LARGEST.name * scale), "--wrap": "nowrap" };
  // Two lines, where no word is longer than half of the name and a little more.
  return { "--name": sized(Math.min(LEGIBLE, room / (breadth * 0.65))), "--wrap": "normal" };
}
