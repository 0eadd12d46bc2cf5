// @ts-check
import { Part } from "../counter/shared/boundary.js";
import { useNews } from "../counter/shared/news-hook.js";
import { Stale } from "../counter/shared/stale.js";
import { t } from "../lib/i18n.js";
import { html, useEffect, useState } from "../lib/ui.js";
import { Bar } from "./bar.js";
import { CasesDesk } from "./cases-desk.js";
import { placeIn } from "./desks.js";
import { FiguresDesk } from "./figures-desk.js";
import { FloorDesk } from "./floor-desk.js";
import { NoticeSheet } from "./notice-sheet.js";
import { PhoneDesk } from "./phone-desk.js";
import { useCatalogue } from "./use-catalogue.js";
import { keepFocus } from "./use-keys.js";
import { WindowDesk } from "./window-desk.js";

const DESKS = { window: WindowDesk, floor: FloorDesk, phone: PhoneDesk, cases: CasesDesk, figures: FiguresDesk };

/** @param {{who: any, onLanguage: () => void}} props */
export function App({ who, onLanguage }) {
  const place = placeIn(location.search, who.staff.role);
  const [notice, print] = useState(place.notice);
  const news = useNews(who.hall);
  const { services, known } = useCatalogue(who.hall, news.state);
  const Desk = DESKS[/** @type {keyof typeof DESKS} */ (place.desk)];
  useEffect(() => { document.title = t(`zero.page.${place.desk}`); });
  return html`
    <div class="zero" onMouseDown=${keepFocus}>
      <${Bar} desk=${place.desk} news=${news} who=${who} onLanguage=${onLanguage} />
      <${Stale} meta=${news.meta} text=${t("counter.stale")} />
      <${Part} name=${place.desk}>
        ${!news.state ? html`<main class="opening"><p role="status">${t("staff.loading")}</p></main>`
          : notice ? html`<${NoticeSheet} hall=${who.hall} id=${notice} onClose=${() => print(null)} />`
            : html`<${Desk} who=${who} news=${news} services=${services} known=${known} onNotice=${print} />`}
      <//>
    </div>`;
}
