// @ts-check
import { hallDate, nameOf } from "../lib/format.js";
import { refusalText, t } from "../lib/i18n.js";
import { html, useEffect, useState } from "../lib/ui.js";
import { Clock, Connection, LanguageSwitch, signOut } from "../counter/shared/bar.js";
import { Part } from "../counter/shared/boundary.js";
import { useNews } from "../counter/shared/news-hook.js";
import { Stale } from "../counter/shared/stale.js";
import { Day } from "./day.js";
import { Devices } from "./devices.js";
import { Floor } from "./floor.js";
import { AsOf, KeyFigures } from "./key-figures.js";
import { may } from "./roles.js";
import { LinesTable, WindowsTable } from "./tables.js";
import { useReport } from "./use-report.js";

/** @param {{who: any, onLanguage: () => void}} props */
export function App({ who, onLanguage }) {
  useEffect(() => { document.title = t("manager.title"); });
  const role = who.staff.role;
  if (!may(role, "look")) return html`<${NotForYou} onLanguage=${onLanguage} />`;
  return html`<${Manager} who=${who} role=${role} onLanguage=${onLanguage} />`;
}

/** @param {{who: any, role: string, onLanguage: () => void}} props */
function Manager({ who, role, onLanguage }) {
  const [devicesChanged, changed] = useState(0);
  const news = useNews(who.hall, (event) => { if (event.type.startsWith("device.")) changed((/** @type {number} */ n) => n + 1); });
  const read = useReport(who.hall, news.meta ? news.meta.seq : 0);
  const state = /** @type {any} */ (news.state);
  return html`
    <div class="manager">
      <${Top} news=${news} who=${who} onLanguage=${onLanguage} />
      <${Stale} meta=${news.meta} text=${t("manager.stale")} />
      <main>
        <${Part} name="figures">
          <${KeyFigures} read=${read} waiting=${state ? waitingNow(state) : null} />
          <${AsOf} read=${read} zone=${state ? state.hall.timezone : undefined} />
        <//>
        ${state
          ? html`<${Hall} state=${state} read=${read} news=${news} who=${who} role=${role} devicesChanged=${devicesChanged} />`
          : html`<p class="opening" role="status">${t("staff.loading")}</p>`}
      </main>
    </div>`;
}

/** @param {{state: any, read: any, news: any, who: any, role: string, devicesChanged: number}} props */
function Hall({ state, read, news, who, role, devicesChanged }) {
  const note = html`<${AsOf} read=${read} zone=${state.hall.timezone} quiet=${true} />`;
  return html`
    <div class="columns">
      <${Part} name="floor"><${Floor} state=${state} now=${news.now} /><//>
      <div class="aside">
        <${Part} name="day"><${Day} hall=${who.hall} day=${state.day} role=${role} /><//>
        ${may(role, "devices") && html`<${Part} name="devices">
          <${Devices} hall=${who.hall} role=${role} zone=${state.hall.timezone} windows=${state.windows} now=${news.now} changed=${devicesChanged} /><//>`}
      </div>
    </div>
    <${Part} name="lines"><${LinesTable} state=${state} report=${read.report} now=${news.now} note=${note} /><//>
    <${Part} name="windows"><${WindowsTable} state=${state} report=${read.report} note=${note} /><//>`;
}

/** @param {{news: any, who: any, onLanguage: () => void}} props */
function Top({ news, who, onLanguage }) {
  const [said, say] = useState("");
  const hall = news.state ? news.state.hall : {};
  const leave = async () => {
    const refused = await signOut("/manager");
    if (refused) say(refusalText({ error: refused }));
  };
  return html`
    <header class="bar on-deep">
      <h1>${nameOf(hall) || t("manager.title")}</h1>
      <span class="bar-space" role="status">${said}</span>
      <${Connection} meta=${news.meta} />
      <span>${news.state ? hallDate(news.now(), hall.timezone) : ""}</span>
      <span class="bar-who">${who.staff.name}</span>
      <${LanguageSwitch} onLanguage=${onLanguage} />
      <button type="button" class="bar-button" onClick=${leave}>${t("staff.sign_out")}</button>
      <${Clock} now=${news.now} zone=${hall.timezone} seconds=${true} />
    </header>`;
}

/** @param {{onLanguage: () => void}} props */
function NotForYou({ onLanguage }) {
  return html`
    <div class="manager">
      <header class="bar on-deep">
        <h1>${t("manager.title")}</h1><span class="bar-space"></span><${LanguageSwitch} onLanguage=${onLanguage} />
      </header>
      <main class="opening"><p>${refusalText({ error: "forbidden" })}</p><p><a href="/counter">${t("counter.title")}</a></p></main>
    </div>`;
}

/** @param {any} state */
function waitingNow(state) {
  return Object.values(state.tickets).filter((ticket) => ticket.state === "waiting").length;
}
