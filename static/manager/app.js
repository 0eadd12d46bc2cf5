// @ts-check
import { hallDate, nameOf, windowName } from "../lib/format.js";
import { refusalText, t } from "../lib/i18n.js";
import { html, useEffect, useState } from "../lib/ui.js";
import { AlarmBanner } from "../counter/alarm-banner.js";
import { openAlarms, toAccept } from "../counter/alarms.js";
import { Clock, Connection, LanguageSwitch, signOut } from "../counter/shared/bar.js";
import { Part } from "../counter/shared/boundary.js";
import { useNews } from "../counter/shared/news-hook.js";
import { Stale } from "../counter/shared/stale.js";
import { useHelp } from "../counter/use-help.js";
import { Day } from "./day.js";
import { Devices } from "./devices.js";
import { Floor } from "./floor.js";
import { AsOf, KeyFigures } from "./key-figures.js";
import { may } from "./roles.js";
import { Sections } from "./sections.js";
import { RulesForm } from "./rules-form.js";
import { StaffTable } from "./staff.js";
import { LinesTable, WindowsTable } from "./tables.js";
import { useReport } from "./use-report.js";
import { nameOfMember, useStaff } from "./use-staff.js";
import { Voice } from "./voice-panel.js";

/** @param {{who: any, onLanguage: () => void}} props */
export function App({ who, onLanguage }) {
  useEffect(() => { document.title = t("manager.title"); });
  const role = who.staff.role;
  if (!may(role, "look")) return html`<${NotForYou} onLanguage=${onLanguage} />`;
  return html`<${Manager} who=${who} role=${role} onLanguage=${onLanguage} />`;
}

/** @param {{who: any, role: string, onLanguage: () => void}} props */
function Manager({ who, role, onLanguage }) {
  const { news, changed } = useHallNews(who.hall);
  const staff = useStaff(who.hall, changed.staff);
  const help = useHelp(who.hall, "");
  const read = useReport(who.hall, news.meta ? news.meta.seq : 0);
  const state = /** @type {any} */ (news.state);
  return html`
    <div class="manager">
      <${Top} news=${news} who=${who} onLanguage=${onLanguage} />
      <${Stale} meta=${news.meta} text=${t("manager.stale")} />
      ${state && html`<${Part} name="alarms"><${Alarms} state=${state} who=${who} role=${role} staff=${staff} help=${help} /><//>`}
      ${state && html`<${Sections} role=${role} />`}
      <main>
        <${Part} name="figures">
          <${KeyFigures} read=${read} waiting=${state ? waitingNow(state) : null} />
          <${AsOf} read=${read} zone=${state ? state.hall.timezone : undefined} />
        <//>
        ${state
          ? html`<${Hall} state=${state} read=${read} news=${news} who=${who} role=${role} staff=${staff} changed=${changed} />`
          : html`<p class="opening" role="status">${t("staff.loading")}</p>`}
      </main>
    </div>`;
}

/** The news, and how often they told of devices and of staff: lists of those are read, not told. @param {string} hall */
function useHallNews(hall) {
  const [changed, count] = useState({ device: 0, staff: 0 });
  const news = useNews(hall, ({ type }) => {
    const kind = type.split(".")[0];
    if (kind === "device" || kind === "staff") count((/** @type {any} */ before) => ({ ...before, [kind]: before[kind] + 1 }));
  });
  return { news, changed };
}

/** Calls for help, in the title as well. @param {{state: any, who: any, role: string, staff: any, help: any}} props */
function Alarms({ state, who, role, staff, help }) {
  const alarm = toAccept(openAlarms(state.alarms), who.staff.id);
  const window = alarm ? windowName(state.windows[alarm.window]) || alarm.window : "";
  useEffect(() => {
    document.title = alarm ? t("counter.page.alarm", { window, title: t("manager.title") }) : t("manager.title");
  });
  return html`<${AlarmBanner} state=${state} me=${who.staff.id} help=${help} mayAccept=${may(role, "supervise")} keys=${false}
    nameOfStaff=${(/** @type {string} */ id) => nameOfMember(staff, id)} />`;
}

/** @param {{state: any, read: any, news: any, who: any, role: string, staff: any, changed: {device: number}}} props */
function Hall({ state, read, news, who, role, staff, changed }) {
  const { hall } = who;
  const note = html`<${AsOf} read=${read} zone=${state.hall.timezone} quiet=${true} />`;
  const supervises = may(role, "supervise");
  return html`
    <div class="columns">
      <${Part} name="floor"><${Floor} hall=${hall} state=${state} now=${news.now} staff=${staff} maySupervise=${supervises} /><//>
      <div class="aside">
        <${Part} name="day"><${Day} hall=${hall} day=${state.day} role=${role} /><//>
        ${may(role, "rules") && html`<${Part} name="rules"><${RulesForm} hall=${hall} of=${state.hall} /><//>`}
        ${may(role, "devices") && html`<${Part} name="devices">
          <${Devices} hall=${hall} role=${role} zone=${state.hall.timezone} windows=${state.windows} now=${news.now} changed=${changed.device} /><//>`}
      </div>
    </div>
    ${may(role, "voice") && html`<${Part} name="voice">
      <${Voice} hall=${hall} zones=${state.zones || {}} windows=${state.windows} mayChange=${may(role, "change_zones")} /><//>`}
    <${Part} name="lines"><${LinesTable} hall=${hall} state=${state} report=${read.report} now=${news.now} note=${note} maySupervise=${supervises} /><//>
    ${may(role, "staff") && html`<${Part} name="staff">
      <${StaffTable} hall=${hall} state=${state} staff=${staff} now=${news.now} mayEdit=${supervises} /><//>`}
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
