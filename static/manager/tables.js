// @ts-check
import { nameOf, windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { useSecond } from "../counter/shared/news-hook.js";
import { LineDialog } from "./line-dialog.js";
import { LINE_COLUMNS, WINDOW_COLUMNS, lineRows, windowRows } from "./rows.js";
import { FiguresTable } from "./table.js";

/** @param {{hall: string, state: any, report: any, now: () => Date, note: any, maySupervise: boolean}} props */
export function LinesTable({ hall, state, report, now, note, maySupervise }) {
  useSecond();
  const [opened, open] = useState(/** @type {string | null} */ (null));
  const closed = (/** @type {any} */ line) => (line.open ? "" : html` <span class="tag plain">${t("counter.line_closed")}</span>`);
  const words = (/** @type {any} */ row) => html`<b class="letter">${row.id}</b> ${nameOf(row.thing)}${closed(row.thing)}`;
  const name = (/** @type {any} */ row) => (maySupervise
    ? html`<button type="button" class="line-button" data-line=${row.id} onClick=${() => open(row.id)}>${words(row)}</button>` : words(row));
  const dialog = opened && state.lines[opened]
    ? html`<${LineDialog} hall=${hall} state=${state} letter=${opened} now=${now} onClose=${() => open(null)} />` : null;
  return html`${dialog}<${FiguresTable} id="lines-title" title=${t("manager.lines")} note=${note} columns=${LINE_COLUMNS}
    rows=${lineRows(state, report, now())} nameOfRow=${name} />`;
}

/** @param {{state: any, report: any, note: any}} props */
export function WindowsTable({ state, report, note }) {
  const name = (/** @type {any} */ row) => windowName(row.thing);
  return html`<${FiguresTable} id="windows-title" title=${t("manager.by_window")} note=${note} columns=${WINDOW_COLUMNS}
    rows=${windowRows(state, report)} nameOfRow=${name} />`;
}
