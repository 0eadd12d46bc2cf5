// @ts-check
import { Part } from "../counter/shared/boundary.js";
import { useNews } from "../counter/shared/news-hook.js";
import { Stale } from "../counter/shared/stale.js";
import { t } from "../lib/i18n.js";
import { html, useEffect, useState } from "../lib/ui.js";
import { Bar } from "./bar.js";
import { placeIn } from "./desks.js";
import { useCatalogue } from "./use-catalogue.js";
import { keepFocus } from "./use-keys.js";

/** A page loads what it shows: one of the desks, and the notice once there is one. @type {Record<string, () => Promise<any>>} */
const PARTS = {
  notice: async () => (await import("./notice-sheet.js")).NoticeSheet,
  window: async () => (await import("./window-desk.js")).WindowDesk,
  floor: async () => (await import("./floor-desk.js")).FloorDesk,
  phone: async () => (await import("./phone-desk.js")).PhoneDesk,
  cases: async () => (await import("./cases-desk.js")).CasesDesk,
  figures: async () => (await import("./figures-desk.js")).FiguresDesk,
};

/** @param {{who: any, onLanguage: () => void}} props */
export function App({ who, onLanguage }) {
  const place = placeIn(location.search, who.staff.role);
  const [notice, print] = useState(place.notice);
  const news = useNews(who.hall);
  const { services, known } = useCatalogue(who.hall, news.state);
  const desk = usePart(place.desk);
  const sheet = usePart(notice ? "notice" : null);
  const { shown, failed } = notice ? sheet : desk;
  useEffect(() => { document.title = t(`zero.page.${place.desk}`); });
  return html`
    <div class="zero" onMouseDown=${keepFocus}>
      <${Bar} desk=${place.desk} news=${news} who=${who} onLanguage=${onLanguage} />
      <${Stale} meta=${news.meta} text=${t("counter.stale")} />
      <${Part} name=${place.desk}>
        ${failed ? html`<main class="opening"><p class="notice warn" role="alert">${t("zero.not_loaded")}</p>
            ${notice && html`<button type="button" class="button" onClick=${() => print(null)}>${t("zero.notice_back")}</button>`}</main>`
          : !news.state || !shown ? html`<main class="opening"><p role="status">${t("staff.loading")}</p></main>`
            : notice ? html`<${shown} hall=${who.hall} id=${notice} onClose=${() => print(null)} />`
              : html`<${shown} who=${who} news=${news} services=${services} known=${known} onNotice=${print} />`}
      <//>
    </div>`;
}

/** @param {string | null} name null: none is wanted yet */
function usePart(name) {
  const [found, keep] = useState(/** @type {{shown: any, failed: boolean}} */ ({ shown: null, failed: false }));
  useEffect(() => {
    if (!name) return;
    keep({ shown: null, failed: false });
    PARTS[name]().then((part) => keep({ shown: part, failed: false }), () => keep({ shown: null, failed: true }));
  }, [name]);
  return found;
}
