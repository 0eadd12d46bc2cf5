// @ts-check
import { hallTime } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { cameOf, placeOf, whenOf, whoOf } from "./stays.js";

/** @typedef {import("./types.js").HallState} HallState */

/** Where this person was before, in order. @param {{stays: any[], state: HallState}} props */
export function History({ stays, state }) {
  return html`
    <section class="history" aria-label=${t("counter.history")}>
      <h2>${t("counter.history")}</h2>
      <ol>
        ${stays.map((stay) => html`
          <li key=${stay.n} data-stay=${stay.n} data-outcome=${stay.outcome}>
            <span class="soft">${hallTime(whenOf(stay), state.hall.timezone)}</span>
            <span>${placeOf(stay, state)}${whoOf(stay).map((name) => html` <span class="soft">${name}</span>`)}</span>
            <span>${cameOf(stay).join(t("counter.past_join"))}</span>
          </li>`)}
      </ol>
    </section>`;
}
