// @ts-check
import { isWaiting } from "../counter/presses.js";
import { hallDay } from "../lib/format.js";
import { refusalText, t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { Answer } from "./answer.js";
import { casesIn, FILTERS } from "./case.js";
import { CaseCard } from "./case-card.js";
import { Choice } from "./choice.js";
import { useOrders } from "./use-orders.js";
import { useReading } from "./use-reading.js";

/**
 * The register of what could not be done, until somebody has checked that it is.
 * @param {{who: any, news: any, known: any}} props
 */
export function CasesDesk({ who, news, known }) {
  const { press, ask } = useOrders(who.hall);
  const { found, error, again } = useReading(who.hall, "/blocked-cases");
  const [filter, choose] = useState("open");
  const zone = news.state.hall.timezone;
  const today = hallDay(news.now(), zone);
  const cases = casesIn(found ? found.cases : [], filter, today);
  const step = async (/** @type {string} */ id, /** @type {any} */ body) => {
    const done = await ask("step", null, `/blocked-cases/${id}/advances`, body);
    again();
    return Boolean(done && done.phase === "done");
  };
  return html`
    <main class="list-desk single">
      <section class="card cases" aria-labelledby="cases-title">
        <h2 id="cases-title">${t("zero.cases")}</h2>
        <${Choice} name="filter" legend=${t("zero.filter")} value=${filter} onChange=${choose}
          options=${FILTERS.map((value) => ({ value, text: `${t(`zero.filter.${value}`)} ${found ? casesIn(found.cases, value, today).length : ""}` }))} />
        <${Answer} press=${press} />
        ${error && html`<p class="notice warn" role="alert">${refusalText({ error })}</p>`}
        ${found ? cases.length === 0 && html`<p class="soft">${t("zero.no_cases")}</p>` : !error && html`<p role="status">${t("staff.loading")}</p>`}
        <ul class="rows">
          ${cases.map((one) => html`<${CaseCard} key=${one.id} one=${one} known=${known} today=${today} zone=${zone}
            windows=${news.state.windows} waiting=${isWaiting(press)} onStep=${(/** @type {any} */ body) => step(one.id, body)} />`)}
        </ul>
      </section>
    </main>`;
}
