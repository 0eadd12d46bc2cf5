// @ts-check
import { duration, hallDay } from "../lib/format.js";
import { refusalText, t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { Missing } from "./figures-missing.js";
import { outcomeRows, percent, sharesOf } from "./figures.js";
import { useReading } from "./use-reading.js";

/**
 * The zero window's day for those who answer for the hall.
 * @param {{who: any, news: any, known: any}} props
 */
export function FiguresDesk({ who, news, known }) {
  const [date, choose] = useState("");
  const { found, error } = useReading(who.hall, `/report/consultations${date ? `?date=${date}` : ""}`);
  const today = hallDay(news.now(), news.state.hall.timezone);
  return html`
    <main class="list-desk single">
      <section class="card figures" aria-labelledby="figures-title">
        <h2 id="figures-title"><span>${t("zero.figures", { date: found ? found.date : "" })}</span></h2>
        <div class="field figures-day"><label for="figures-date">${t("zero.date")}</label>
          <input id="figures-date" type="date" max=${today} value=${date || (found ? found.date : "")}
            onChange=${(/** @type {any} */ event) => choose(event.target.value)} /></div>
        ${error && html`<p class="notice warn" role="alert">${refusalText({ error })}</p>`}
        ${!found && !error && html`<p role="status">${t("staff.loading")}</p>`}
        ${found && html`<${Report} report=${found} known=${known} />`}
      </section>
    </main>`;
}

/** @param {{report: any, known: any}} props */
function Report({ report, known }) {
  return html`
    <p class="figures-sum"><b>${report.consultations}</b> ${t("zero.figure.consultations")}
      ${Object.entries(report.channels).map(([channel, n]) => html`<span class="tag plain" key=${channel}>${t(`zero.by.${channel}`)} ${String(n)}</span> `)}</p>
    <ul class="tiles">
      ${sharesOf(report).map(({ name, share }) => html`<${Tile} key=${name} label=${t(`zero.figure.${name}`)} share=${share} of=${t(`zero.of.${name}`, share)} />`)}
    </ul>
    <${Replies} replies=${report.replies} noEntry=${report.no_entry} />
    <${Outcomes} rows=${outcomeRows(report.outcomes)} />
    <${Missing} missing=${report.missing} known=${known} />`;
}

/** A share and, in words and on hover, what it is a share of. @param {{label: string, share: any, of: string}} props */
function Tile({ label, share, of }) {
  return html`<li class="tile" title=${of}><span class="soft">${label}</span><b>${percent(share, t("time.none"))}</b><small>${of}</small></li>`;
}

/** @param {{replies: any, noEntry: number}} props */
function Replies({ replies, noEntry }) {
  const time = replies.time;
  const text = time.n ? t("zero.reply_times", { n: time.n, median: duration(time.median_s), p90: duration(time.p90_s), max: duration(time.max_s) })
    : t("zero.reply_times_none");
  return html`<p>${t("zero.replies", { asked: replies.asked, open: replies.open })}${text} ${t("zero.no_entry_figure", { n: noEntry })}</p>`;
}

/** @param {{rows: import("./figures.js").Row[]}} props */
function Outcomes({ rows }) {
  return html`
    <h3>${t("zero.outcome_title")}</h3>
    ${rows.length === 0 ? html`<p class="soft">${t("zero.nothing_yet")}</p>` : html`
      <table>
        <thead><tr><th scope="col">${t("zero.outcome_head")}</th><th scope="col">${t("zero.count")}</th><th scope="col">${t("zero.share")}</th></tr></thead>
        <tbody>${rows.map(({ name, share }) => html`
          <tr key=${name} title=${t("zero.share_of", share)}><th scope="row">${t(`zero.outcome.${name}`)}</th><td>${share.n}</td>
            <td>${percent(share, t("time.none"))} <small class="soft">${t("zero.share_of", share)}</small></td></tr>`)}</tbody>
      </table>`}`;
}
