// @ts-check
import { hallTime } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { KEYS } from "./action.js";
import { useSecond } from "./shared/news-hook.js";

/** @typedef {import("./types.js").Ticket} Ticket */

/**
 * People who were set aside and come back the same day; nothing where there are none.
 * @param {{parked: Ticket[], zone: string, now: () => Date, onAction: (action: string, ticket: Ticket) => void}} props
 */
export function Parked({ parked, zone, now, onAction }) {
  useSecond();
  if (parked.length === 0) return null;
  return html`
    <section class="card aside-list parked" aria-labelledby="parked-title">
      <h2 id="parked-title"><span>${t("counter.parked")}</span><kbd>${KEYS.parked}</kbd></h2>
      <ul>
        ${parked.map((ticket) => html`
          <li key=${ticket.number} data-ticket=${ticket.number}>
            <b class="number">${ticket.number}</b>
            <${ReturnTime} ticket=${ticket} zone=${zone} now=${now()} />
            <button type="button" class="button small" aria-label=${t("counter.return_who", { number: ticket.number })}
              onClick=${() => onAction("return", ticket)}>${t("counter.action.return")}</button>
          </li>`)}
      </ul>
    </section>`;
}

/** @param {{ticket: Ticket, zone: string, now: Date}} props */
function ReturnTime({ ticket, zone, now }) {
  if (!ticket.return_at) return html`<span class="soft">${t("counter.return_unsaid")}</span>`;
  const late = Date.parse(ticket.return_at) < now.getTime();
  return html`<span class="soft return-at" data-late=${late}>
    ${t(late ? "counter.return_late" : "counter.return_at", { time: hallTime(ticket.return_at, zone) })}</span>`;
}
