// @ts-check
import { windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html, useEffect, useState } from "../lib/ui.js";
import { AlarmBanner } from "./alarm-banner.js";
import { openAlarms, toAccept } from "./alarms.js";
import { DeskView } from "./desk.js";
import { Elsewhere } from "./elsewhere.js";
import { DialogFor } from "./ask.js";
import { Header } from "./header.js";
import { useKeys } from "./keys.js";
import { Picker } from "./picker.js";
import { Part } from "./shared/boundary.js";
import { useNews } from "./shared/news-hook.js";
import { Stale } from "./shared/stale.js";
import { titleOf } from "./title.js";
import { useDesk } from "./use-desk.js";
import { useHelp } from "./use-help.js";
import { chosenInAddress, usePage } from "./use-page.js";

/** @param {{who: any, onLanguage: () => void}} props */
export function App({ who, onLanguage }) {
  const me = who.staff.id;
  const news = useNews(who.hall);
  const [chosen, choose] = useState(who.window || chosenInAddress());
  const desk = useDesk({ hall: who.hall, me, news, chosen });
  const help = useHelp(who.hall, desk.window ? desk.window.code : "");
  const page = usePage({ desk, me, choose, help, now: news.now });
  useKeys(page.act);
  useTitle(desk, me);
  return html`
    <div class="counter" onMouseDown=${keepFocus}>
      <${Header} desk=${desk} page=${page} news=${news} who=${who} onLanguage=${onLanguage} />
      <${Stale} meta=${news.meta} text=${t("counter.stale")} />
      <${Part} name="elsewhere"><${Elsewhere} sessions=${who.elsewhere} seated=${page.seated} /><//>
      ${desk.state && html`<${Part} name="alarms"><${AlarmBanner} state=${desk.state} me=${me} help=${help} now=${news.now()} /><//>`}
      <${Part} name="desk"><${Main} desk=${desk} page=${page} news=${news} who=${who} /><//>
      <${DialogFor} page=${page} desk=${desk} hall=${who.hall} />
    </div>`;
}

/** @param {import("./use-desk.js").Desk} desk @param {any} me */
function useTitle({ window, ticket, state }, me) {
  const title = window ? titleOf(window, ticket) : null;
  const alarm = toAccept(openAlarms(state ? state.alarms : undefined), me);
  const text = title ? t(title.key, { ...title.facts, window: windowName(window) }) : t("counter.title");
  const place = alarm && state ? windowName(state.windows[alarm.window]) || alarm.window : "";
  useEffect(() => {
    document.title = alarm ? t("counter.page.alarm", { window: place, title: text }) : text;
  });
}

/** @param {{desk: import("./use-desk.js").Desk, page: import("./use-page.js").Page, news: any, who: any}} props */
function Main({ desk, page, news, who }) {
  const me = who.staff.id;
  if (!desk.state) return html`<main class="opening"><p role="status">${t("staff.loading")}</p></main>`;
  if (!desk.window || page.moving) {
    return html`<${Picker} state=${desk.state} me=${me} from=${page.moving ? desk.window : null} onChoose=${page.choose}
      onTakeOver=${page.takeOver} onBack=${() => page.move(false)} />`;
  }
  return html`<${DeskView} desk=${desk} page=${page} now=${news.now} hall=${who.hall} me=${me} />`;
}

/** A click must not take the focus: the space bar would press that button again. @param {MouseEvent} event */
function keepFocus(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (target && target.closest("button") && !target.closest("dialog")) event.preventDefault();
}
