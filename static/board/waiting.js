// @ts-check
/** Who waits where: people, the promised time, and lines that nobody serves at the moment. */
import { hallTime, nameOf } from "../lib/format.js";
import { linesInOrder, waitingByLine } from "../lib/hall.js";
import { language, t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { fitted, screenInRem } from "./fit.js";

/** Lines on one page. The QR code takes room on a wide screen, and a name in two lines on every one. */
const ROWS = { landscape: [8, 7], coded: [5, 4], portrait: [16, 10] };

/** Two rows of a wide screen make room for the strip that says that the server is away. */
const STRIP = 2;

/** @param {{portrait: boolean, coded: boolean, twoLines: boolean, stale: boolean}} look */
export function rowsOf({ portrait, coded, twoLines, stale }) {
  const rows = ROWS[portrait ? "portrait" : coded ? "coded" : "landscape"][twoLines ? 1 : 0];
  return portrait || !stale ? rows : rows - STRIP;
}

/** @param {import("../lib/reduce.js").HallState} state @param {number} rows */
export const pagesOf = (state, rows) => Math.ceil(Object.keys(state.lines).length / rows);

/**
 * Why nobody of this line is called now; null when some window serves it.
 * @param {import("../lib/reduce.js").HallState} state @param {Record<string, any>} line
 */
export function pauseOf(state, line) {
  const windows = Object.values(state.windows).filter((one) => [...(one.lines || []), ...(one.secondary || [])].includes(line.letter));
  if (windows.some((one) => one.state === "open")) return null;
  return windows.some((one) => one.state === "paused") ? "board.line_paused" : "board.line_closed";
}

export function Waiting({ frame, page, rows }) {
  const { state, whole, board, second } = frame;
  const pages = pagesOf(state, rows);
  const lines = linesInOrder(state).slice(page * rows, (page + 1) * rows);
  const people = waitingByLine(whole);
  const promising = board.promise || lines.some((line) => pauseOf(whole, line));
  return html`
    <section class=${`waiting ${promising ? "promising" : ""}`} aria-labelledby="waiting">
      <h2 id="waiting" class="waiting-title">
        <span>${t("board.waiting")}${second && html` <span class="second" lang=${second.lang}>${second.t("board.waiting")}</span>`}
          ${pages > 1 && html`<span class="waiting-page number" aria-hidden="true"> ${page + 1}/${pages}</span>`}</span>
        <span class="waiting-unit">${t("board.waiting_people")}</span>
        ${board.promise && html`<span class="waiting-promise">${t("board.promise")}</span>`}
      </h2>
      <dl class="waiting-lines" style=${{ "--rows": rows, "--half": Math.ceil(rows / 2) }}>
        ${lines.map((line) => html`<${Line} key=${line.letter} line=${line} people=${people[line.letter] || 0} frame=${frame} />`)}
      </dl>
    </section>
  `;
}

/** Room for a name in the second language, and its largest size, in rem. */
const SECOND = { landscape: 16, portrait: 12.5, largest: 1.2 };

function Line({ line, people, frame }) {
  const { whole, board } = frame;
  const pause = pauseOf(whole, line);
  const promised = line.promised_at ? hallTime(line.promised_at, whole.hall.timezone) : t("time.none");
  return html`
    <div class=${`waiting-line ${people ? "" : "nobody"} ${pause ? "nobody-serves" : ""}`}>
      <dt>${line.kind === "zero" ? t("line.zero") : nameOf(line)}<${OtherName} line=${line} second=${frame.second} /></dt>
      <dd class="number">${people}</dd>
      ${pause
        ? html`<dd class="waiting-promise pause">${t(pause)}</dd>`
        : board.promise && html`<dd class="waiting-promise number">${promised}</dd>`}
    </div>
  `;
}

/** English names take two lines by themselves: there is no third for another language. */
function OtherName({ line, second }) {
  if (!second || language() === "en") return null;
  const name = line.kind === "zero" ? second.t("line.zero") : nameOf(line, second.lang);
  const room = screenInRem().portrait ? SECOND.portrait : SECOND.landscape;
  return html`<span class="second" lang=${second.lang} style=${{ "--second": fitted(name, room, SECOND.largest) }}>${name}</span>`;
}
