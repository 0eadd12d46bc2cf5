// @ts-check
import { nameOf, windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { useSecond } from "../counter/shared/news-hook.js";
import { LINE_COLUMNS, WINDOW_COLUMNS, lineRows, windowRows } from "./rows.js";
import { FiguresTable } from "./table.js";

/** @param {{state: any, report: any, now: () => Date, note: any}} props */
export function LinesTable({ state, report, now, note }) {
  useSecond();
  const name = (/** @type {any} */ row) => html`<b class="letter">${row.id}</b> ${nameOf(row.thing)}`;
  return html`<${FiguresTable} id="lines-title" title=${t("manager.lines")} note=${note} columns=${LINE_COLUMNS}
    rows=${lineRows(state, report, now())} nameOfRow=${name} />`;
}

/** @param {{state: any, report: any, note: any}} props */
export function WindowsTable({ state, report, note }) {
  const name = (/** @type {any} */ row) => windowName(row.thing);
  return html`<${FiguresTable} id="windows-title" title=${t("manager.by_window")} note=${note} columns=${WINDOW_COLUMNS}
    rows=${windowRows(state, report)} nameOfRow=${name} />`;
}
