// @ts-check
import { nameOf } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { missingRows } from "./figures.js";

/** How many papers stand in the ranking. */
const SHOWN = 20;

/** Which paper made most people come twice. @param {{missing: any[], known: any}} props */
export function Missing({ missing, known }) {
  const rows = missingRows(missing, known).slice(0, SHOWN);
  const all = missing.reduce((sum, { n }) => sum + n, 0);
  return html`
    <h3>${t("zero.missing_title")}</h3>
    ${rows.length === 0 ? html`<p class="soft">${t("zero.nothing_yet")}</p>` : html`
      <table class="missing">
        <thead><tr><th scope="col">${t("zero.paper")}</th><th scope="col">${t("zero.service")}</th><th scope="col">${t("zero.times_missing")}</th></tr></thead>
        <tbody>${rows.map((row) => html`
          <tr key=${row.key} title=${t("zero.missing_of", { n: row.n, of: all })}><th scope="row">${nameOf(row.paper)}</th><td>${nameOf(row.service)}</td>
            <td>${row.n} <small class="soft">${t("zero.missing_of", { n: row.n, of: all })}</small></td></tr>`)}</tbody>
      </table>`}`;
}
