// @ts-check
import { hallTimeWithSeconds } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { spokenOf } from "./spoken.js";

/**
 * What came of the call: on how many screens it was shown, and whether it was spoken.
 * @param {{ticket: import("./types.js").Ticket, state: import("./types.js").HallState}} props
 */
export function Proof({ ticket, state }) {
  const spoken = spokenOf(state.announcements, ticket.number);
  // Who is at the window has been found, spoken or not.
  if (!spoken || ticket.state !== "called") return null;
  const time = hallTimeWithSeconds(spoken.at, state.hall.timezone);
  return html`
    <div class="proof">
      ${spoken.shown && html`
        <p class="spoken" data-tone=${spoken.shown.tone} data-shown=${spoken.shown.shown} role="status">
          ${t(spoken.shown.shown ? "counter.shown" : "counter.unshown", spoken.shown)}</p>`}
      <p class="spoken" data-tone=${spoken.tone} data-spoken=${spoken.state} role="status">
        ${t(`counter.spoken.${spoken.state}`, { time })}</p>
    </div>`;
}
