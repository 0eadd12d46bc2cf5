// @ts-check
/** The screens on which no number can be had: each says where to go instead. */
import { hallDate } from "../lib/format.js";
import { hoursText, nextIssuing } from "../lib/hall.js";
import { refusalText, t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";

/** The server is gone. */
export function Offline() {
  return html`
    <section class="apart" role="alert">
      <h2>${t("kiosk.offline_title")}</h2>
      <p class="apart-next">${t("kiosk.offline_says")}</p>
      <p class="soft">${t("kiosk.offline_back")}</p>
    </section>
  `;
}

/** The day is not open. @param {{hall: Record<string, any>, now: Date}} props */
export function Closed({ hall, now }) {
  const next = nextIssuing(hall, now);
  const when = next && { from: next.from, date: hallDate(next.date, hall.timezone) };
  return html`
    <section class="apart" role="status">
      <h2>${t("kiosk.closed_title")}</h2>
      ${when && html`<p class="apart-next">${t(next.today ? "kiosk.closed_today" : "kiosk.closed_next", when)}</p>`}
      <p>${t("kiosk.closed_hours", { hours: hoursText(hall) })}</p>
      <p class="soft">${t("kiosk.closed_help")}</p>
    </section>
  `;
}

/** The rules, or the network, said no. @param {{refusal: any, onHome: () => void}} props */
export function Refused({ refusal, onHome }) {
  const lost = refusal.error === "unconfirmed";
  return html`
    <section class="apart" role="alert">
      <h2>${t(lost ? "kiosk.offline_title" : "kiosk.refused_title")}</h2>
      <p class="apart-next">${lost ? t("kiosk.offline_says") : refusalText(refusal)}</p>
      <button class="back" onClick=${onHome}>${t("kiosk.home")}</button>
    </section>
  `;
}
