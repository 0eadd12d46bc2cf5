// @ts-check
import { hallTime } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";

/** @typedef {import("./types.js").Ticket} Ticket */

/**
 * People who did not come when called and may be standing there now.
 * @param {{missed: Ticket[], zone: string, idle: boolean, onAction: (action: string, ticket: Ticket) => void}} props
 */
export function Missed({ missed, zone, idle, onAction }) {
  return html`
    <section class="card aside-list missed" aria-labelledby="missed-title">
      <h2 id="missed-title">${t("counter.missed")}</h2>
      ${missed.length === 0 && html`<p class="soft">${t("counter.nobody_missed")}</p>`}
      <ul>
        ${missed.map((ticket) => html`
          <li key=${ticket.number} data-ticket=${ticket.number}>
            <b class="number">${ticket.number}</b>
            <span class="soft">${ticket.missed_at ? hallTime(ticket.missed_at, zone) : ""}</span>
            <button type="button" class="button small" disabled=${!idle} title=${idle ? "" : t("counter.call_back_busy")}
              aria-label=${t("counter.call_back_who", { number: ticket.number })}
              onClick=${() => onAction("call_back", ticket)}>${t("counter.action.call_back")}</button>
            <button type="button" class="button small" aria-label=${t("counter.reinstate_who", { number: ticket.number })}
              onClick=${() => onAction("reinstate", ticket)}>${t("counter.action.reinstate")}</button>
          </li>`)}
      </ul>
    </section>`;
}
