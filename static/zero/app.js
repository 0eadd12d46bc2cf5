// @ts-check
import { Part } from "../counter/shared/boundary.js";
import { useNews } from "../counter/shared/news-hook.js";
import { Stale } from "../counter/shared/stale.js";
import { t } from "../lib/i18n.js";
import { html, useEffect, useState } from "../lib/ui.js";
import { Bar } from "./bar.js";
import { placeIn } from "./desks.js";
import { NoticeSheet } from "./notice-sheet.js";
import { useCatalogue } from "./use-catalogue.js";
import { keepFocus } from "./use-keys.js";

/** Each is an address of its own: a page loads the one that it shows. @type {Record<string, () => Promise<any>>} */
const DESKS = {
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
  const { Desk, failed } = useDeskOf(place.desk);
  useEffect(() => { document.title = t(`zero.page.${place.desk}`); });
  return html`
    <div class="zero" onMouseDown=${keepFocus}>
      <${Bar} desk=${place.desk} news=${news} who=${who} onLanguage=${onLanguage} />
      <${Stale} meta=${news.meta} text=${t("counter.stale")} />
      <${Part} name=${place.desk}>
        ${failed ? html`<main class="opening"><p class="notice warn" role="alert">${t("zero.not_loaded")}</p></main>`
          : !news.state || !Desk ? html`<main class="opening"><p role="status">${t("staff.loading")}</p></main>`
            : notice ? html`<${NoticeSheet} hall=${who.hall} id=${notice} onClose=${() => print(null)} />`
              : html`<${Desk} who=${who} news=${news} services=${services} known=${known} onNotice=${print} />`}
      <//>
    </div>`;
}

/** @param {string} name */
function useDeskOf(name) {
  const [found, keep] = useState(/** @type {{Desk: any, failed: boolean}} */ ({ Desk: null, failed: false }));
  useEffect(() => {
    DESKS[name]().then((Desk) => keep({ Desk, failed: false }), () => keep({ Desk: null, failed: true }));
  }, [name]);
  return found;
}
