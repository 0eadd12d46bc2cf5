// @ts-check
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { DASH, minutes } from "./figures.js";
import { nextOrder, sorted } from "./sort.js";

/** @typedef {import("./rows.js").Column} Column */
/** @typedef {import("./sort.js").Order} Order */

/** From how many minutes the longest wait in a line is shown as one. */
const LONG_WAIT = 30;

/**
 * A table of figures whose headings sort it.
 * @param {object} props
 * @param {string} props.id
 * @param {string} props.title
 * @param {any} props.note beside the title
 * @param {Column[]} props.columns
 * @param {any[]} props.rows
 * @param {(row: any) => any} props.nameOfRow
 */
export function FiguresTable({ id, title, note, columns, rows, nameOfRow }) {
  const [order, setOrder] = useState(/** @type {Order | null} */ (null));
  return html`
    <section class="card table-card">
      <h2 id=${id}><span>${title}</span>${note}</h2>
      <div class="scroll" role="region" tabindex="0" aria-labelledby=${id}>
        <table class="figures-table" aria-labelledby=${id}>
          <${Head} columns=${columns} order=${order} onSort=${(/** @type {string} */ key) => setOrder(nextOrder(order, key))} />
          <tbody>
            ${rows.length === 0 && html`<tr><td colspan=${columns.length + 1} class="soft">${t("manager.no_rows")}</td></tr>`}
            ${sorted(rows, order).map((row) => html`<${Row} key=${row.id} row=${row} columns=${columns} name=${nameOfRow(row)} />`)}
          </tbody>
        </table>
      </div>
    </section>`;
}

/** @param {{columns: Column[], order: Order | null, onSort: (key: string) => void}} props */
function Head({ columns, order, onSort }) {
  const single = columns.filter((column) => !column.group).length;
  const inGroup = (/** @type {string} */ group) => columns.filter((column) => column.group === group).length;
  return html`
    <thead>
      <tr class="groups">
        <td colspan=${single + 1}></td>
        ${["wait", "handling"].map((group) => html`
          <th scope="colgroup" key=${group} colspan=${inGroup(group)}>${t(`manager.group.${group}`)}</th>`)}
      </tr>
      <tr>
        <th scope="col">${t("manager.col.name")}</th>
        ${columns.map((column) => html`<${Heading} key=${column.key} column=${column} order=${order} onSort=${onSort} />`)}
      </tr>
    </thead>`;
}

/** @param {{column: Column, order: Order | null, onSort: (key: string) => void}} props */
function Heading({ column, order, onSort }) {
  const name = column.group ? column.key.slice(column.group.length + 1) : column.key;
  const mine = order !== null && order.key === column.key ? order : null;
  const state = !mine ? "none" : mine.descending ? "descending" : "ascending";
  return html`
    <th scope="col" aria-sort=${state} data-column=${column.key} class=${column.group && name === "mean" ? "group-start" : ""}>
      <button type="button" title=${t(`manager.meaning.${column.group ? column.group : name}`)} onClick=${() => onSort(column.key)}>
        ${t(`manager.col.${name}`)}<i class="sort" aria-hidden="true">${!mine ? "" : mine.descending ? "▼" : "▲"}</i>
      </button>
    </th>`;
}

/** @param {{row: any, columns: Column[], name: any}} props */
function Row({ row, columns, name }) {
  return html`
    <tr data-row=${row.id}>
      <th scope="row">${name}</th>
      ${columns.map(({ key, kind, group }) => html`
        <td key=${key} data-cell=${key} data-kind=${kind} data-zero=${row[key] === 0}
          data-long=${key === "longest" && row[key] >= LONG_WAIT}
          class=${group && key.endsWith("_mean") ? "group-start" : ""}>${cellText(row[key], kind)}</td>`)}
    </tr>`;
}

/**
 * @param {number | null | undefined} value
 * @param {string} kind
 */
function cellText(value, kind) {
  if (value === null || value === undefined) return DASH;
  return kind === "minutes" ? minutes(value) : String(value);
}
