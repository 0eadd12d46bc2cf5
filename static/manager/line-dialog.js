// @ts-check
import { nameOf } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { Dialog } from "../counter/shared/dialog.js";
import { useSecond } from "../counter/shared/news-hook.js";
import { micros } from "../counter/turn.js";
import { MoveLine } from "./move-line.js";
import { Promote } from "./promote.js";
import { byPosition } from "./rows.js";
import { SaidLine } from "./said.js";
import { useOrders } from "./use-orders.js";

/**
 * What a supervisor may do with a line.
 * @param {{hall: string, state: any, letter: string, now: () => Date, onClose: () => void}} props
 */
export function LineDialog({ hall, state, letter, now, onClose }) {
  useSecond();
  const orders = useOrders(hall);
  const line = state.lines[letter];
  const waiting = waitingIn(state, letter);
  const others = byPosition(state.lines).filter((one) => one.open && one.letter !== letter);
  return html`
    <${Dialog} title=${`${letter} ${nameOf(line)}`} onClose=${onClose} wide=${true}>
      <p class="line-state"><span>${t(line.open ? "manager.line_open" : "manager.line_closed")}</span>
        <button type="button" class="button small" data-action=${line.open ? "close-line" : "open-line"} disabled=${orders.busy}
          onClick=${() => orders.send("POST", `/lines/${letter}/${line.open ? "closing" : "opening"}`)}>
          ${t(line.open ? "manager.close_line" : "manager.open_line")}</button></p>
      <${SaidLine} said=${orders.said} />
      <${MoveLine} line=${line} others=${others} waiting=${waiting.length} orders=${orders} />
      <${Promote} waiting=${waiting} now=${now()} orders=${orders} />
      <div class="dialog-buttons"><button type="button" class="button" onClick=${onClose}>${t("manager.close")}</button></div>
    <//>`;
}

/** Those who wait in a line, first one first. @param {any} state @param {string} letter */
function waitingIn(state, letter) {
  return Object.values(state.tickets)
    .filter((ticket) => ticket.state === "waiting" && ticket.line === letter)
    .sort((a, b) => micros(a.turn_at) - micros(b.turn_at) || a.ordinal - b.ordinal);
}
