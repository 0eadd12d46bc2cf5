// @ts-check
import { hallTime } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { Answer } from "./answer.js";
import { useOrders } from "./use-orders.js";

/** How many of those to come back are shown. */
const SHOWN = 6;

/** @typedef {import("../counter/use-desk.js").Desk} Desk */

/**
 * Who is next, and who may stand there any moment: the missed, and those who fetch papers.
 * @param {{desk: Desk, hall: string, idle: boolean}} props
 */
export function Aside({ desk, hall, idle }) {
  const { press, ask } = useOrders(hall);
  if (!desk.state || !desk.window) return null;
  const zone = desk.state.hall.timezone;
  const window = desk.window.code;
  const parked = parkedIn(desk.state.tickets, desk.window.lines);
  return html`
    <section class="card aside" aria-labelledby="aside-title">
      <h2 id="aside-title">${t("zero.aside")}</h2>
      <p class="aside-next">${t("counter.up_next")}${" "}
        ${desk.queue.slice(0, 4).map((ticket) => html`<b class="number" key=${ticket.number}>${ticket.number}</b>${" "}`)}
        ${desk.queue.length === 0 && html`<span class="soft">${t("counter.nobody")}</span>`}</p>
      <ul>
        ${desk.missed.slice(0, SHOWN).map((ticket) => html`
          <li key=${ticket.number} data-ticket=${ticket.number}><b class="number">${ticket.number}</b>
            <span class="soft">${t("zero.missed_at", { time: ticket.missed_at ? hallTime(ticket.missed_at, zone) : "" })}</span>
            ${idle && html`<button type="button" class="button small" aria-label=${t("counter.call_back_who", { number: ticket.number })}
              onClick=${() => ask("call_back", ticket.number, `/tickets/${ticket.id}/direct-calls`, { window })}>${t("counter.action.call_back")}</button>`}
            <button type="button" class="button small" aria-label=${t("counter.reinstate_who", { number: ticket.number })}
              onClick=${() => ask("reinstate", ticket.number, `/tickets/${ticket.id}/reinstatements`, {})}>${t("counter.action.reinstate")}</button></li>`)}
        ${parked.slice(0, SHOWN).map((ticket) => html`
          <li key=${ticket.number} data-ticket=${ticket.number}><b class="number">${ticket.number}</b>
            <span class="soft">${ticket.return_at ? t("zero.back_at", { time: hallTime(ticket.return_at, zone) }) : t("zero.fetching")}</span>
            <button type="button" class="button small" aria-label=${t("zero.back_who", { number: ticket.number })}
              onClick=${() => ask("return", ticket.number, `/tickets/${ticket.id}/returns`, {})}>${t("zero.back")}</button></li>`)}
      </ul>
      <${Answer} press=${press} lines=${desk.state.lines} />
    </section>`;
}

/** Those of the lines who fetch papers, whoever is expected first first. @param {Record<string, any>} tickets @param {string[]} lines */
export function parkedIn(tickets, lines) {
  return Object.values(tickets)
    .filter((ticket) => ticket.state === "parked" && lines.includes(ticket.line))
    .sort((a, b) => String(a.return_at || "9").localeCompare(String(b.return_at || "9")));
}
