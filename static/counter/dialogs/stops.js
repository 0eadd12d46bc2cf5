// @ts-check
import { t } from "../../lib/i18n.js";
import { html } from "../../lib/ui.js";
import { stopName } from "../journey.js";

/** The stops put down so far. @param {{stops: any[], state: any, onDrop: (at: number) => void}} props */
export function Stops({ stops, state, onDrop }) {
  if (stops.length === 0) return null;
  return html`
    <ol class="stops" aria-label=${t("counter.stops_planned")}>
      ${stops.map((stop, index) => html`
        <li key=${index}><b>${index + 1}</b> <span>${stopName(stop, state)}</span>
          <button type="button" class="button small" aria-label=${t("counter.drop_stop_who", { stop: stopName(stop, state) })}
            onClick=${() => onDrop(index)}>${t("counter.drop_stop")}</button></li>`)}
    </ol>`;
}
