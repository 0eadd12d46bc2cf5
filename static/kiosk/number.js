// @ts-check
import { nameOf } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { aheadText } from "./ahead.js";

/**
 * The number, as large as the screen allows: it is the ticket.
 * @param {{given: any, state: any, left: number, onDone: () => void}} props
 */
export function YourNumber({ given: { ticket, ahead }, state, left, onDone }) {
  const line = state.lines[ticket.line];
  return html`
    <section class="given" aria-live="assertive">
      <p class="given-label">${t("kiosk.your_number")}</p>
      <p class=${`given-number number n${Math.min(ticket.number.length, 6)}`}>${ticket.number}</p>
      <p class="given-line">${line && line.kind === "zero" ? t("kiosk.zero_name") : nameOf(line)}</p>
      <p class="given-ahead">${aheadText(state, line, ahead)}</p>
      <div class="given-next">
        <p>${t("kiosk.look")}</p>
        <p class="soft">${t("kiosk.missed_hint")}</p>
      </div>
      <button class="back" onClick=${onDone}>${t("kiosk.done")}</button>
      <p class="given-left soft" aria-live="off">${t("kiosk.returns", { n: left })}</p>
    </section>
  `;
}
