// @ts-check
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { stopName } from "./journey.js";

/**
 * Where the person goes on to from here: finishing leads there by itself.
 * @param {{ticket: import("./types.js").Ticket, state: import("./types.js").HallState}} props
 */
export function StopsAhead({ ticket, state }) {
  const stops = ticket.stops || [];
  if (stops.length === 0) return null;
  return html`
    <p class="stops-ahead" data-stops=${stops.length}><b>${t("counter.stops_ahead")}</b>
      ${stops.map((stop, index) => html`<span key=${index}>${index > 0 && html`<i aria-hidden="true">→</i> `}${stopName(stop, state)}</span>`)}
    </p>`;
}
