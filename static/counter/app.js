// @ts-check
import { windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html, useEffect, useState } from "../lib/ui.js";
import { DeskView } from "./desk.js";
import { DialogFor } from "./ask.js";
import { Header } from "./header.js";
import { useKeys } from "./keys.js";
import { Picker } from "./picker.js";
import { Part } from "./shared/boundary.js";
import { useNews } from "./shared/news-hook.js";
import { Stale } from "./shared/stale.js";
import { titleOf } from "./title.js";
import { useDesk } from "./use-desk.js";
import { chosenInAddress, usePage } from "./use-page.js";

/** @param {{who: any, onLanguage: () => void}} props */
export function App({ who, onLanguage }) {
  const me = who.staff.id;
  const news = useNews(who.hall);
  const [chosen, choose] = useState(who.window || chosenInAddress());
  const desk = useDesk({ hall: who.hall, me, news, chosen });
  const page = usePage({ desk, me, choose });
  useKeys(page.act);
  const title = desk.window ? titleOf(desk.window, desk.ticket) : null;
  useEffect(() => {
    document.title = title ? t(title.key, { ...title.facts, window: windowName(desk.window) }) : t("counter.title");
  });
  return html`
    <div class="counter" onMouseDown=${keepFocus}>
      <${Header} desk=${desk} news=${news} who=${who} onLanguage=${onLanguage} onSignOut=${page.leave} />
      <${Stale} meta=${news.meta} text=${t("counter.stale")} />
      <${Part} name="desk"><${Main} desk=${desk} page=${page} news=${news} who=${who} /><//>
      <${DialogFor} page=${page} desk=${desk} />
    </div>`;
}

/** @param {{desk: import("./use-desk.js").Desk, page: import("./use-page.js").Page, news: any, who: any}} props */
function Main({ desk, page, news, who }) {
  if (!desk.state) return html`<main class="opening"><p role="status">${t("staff.loading")}</p></main>`;
  if (!desk.window) return html`<${Picker} state=${desk.state} me=${who.staff.id} onChoose=${page.choose} />`;
  return html`<${DeskView} desk=${desk} page=${page} now=${news.now} hall=${who.hall} />`;
}

/** A click must not take the focus: the space bar would press that button again. @param {MouseEvent} event */
function keepFocus(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (target && target.closest("button") && !target.closest("dialog")) event.preventDefault();
}
