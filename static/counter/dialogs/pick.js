// @ts-check
import { nameOf } from "../../lib/format.js";
import { t } from "../../lib/i18n.js";
import { html, useState } from "../../lib/ui.js";
import { PROMOTION_REASONS } from "../reasons.js";
import { Dialog } from "../shared/dialog.js";
import { FormButtons } from "./buttons.js";
import { Choices } from "./choices.js";

/**
 * Calling somebody whose turn it is not, where the hall allows it: never without a reason.
 * @param {{desk: import("../use-desk.js").Desk, onPick: (body: {ticket: string, reason: string}) => void,
 *   onClose: () => void}} props
 */
export function PickDialog({ desk, onPick, onClose }) {
  const [number, choose] = useState("");
  const [reason, say] = useState("");
  // The news go on under the dialog: somebody else may have called the ticket meanwhile.
  const ticket = desk.queue.find((one) => one.number === number);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (ticket && reason) onPick({ ticket: ticket.id, reason });
  };
  const reasons = PROMOTION_REASONS.map((one, index) => ({ value: one, key: String(index + 1), label: t(`promotion.${one}`) }));
  return html`
    <${Dialog} title=${t("counter.pick_title")} onClose=${onClose}>
      <p class="notice warn">${t("counter.pick_text")}</p>
      <form onSubmit=${submit}>
        <div class="pick-list">
          <${Choices} legend=${t("counter.pick_ticket")} name="ticket" options=${ticketOptions(desk)} value=${number} onChoose=${choose} first=${true} />
        </div>
        <${Choices} legend=${t("counter.pick_reason")} name="reason" options=${reasons} value=${reason} onChoose=${say} />
        <${FormButtons} yes=${t("counter.action.pick")} ready=${Boolean(ticket && reason)} onClose=${onClose} />
      </form>
    <//>`;
}

/** @param {import("../use-desk.js").Desk} desk */
function ticketOptions({ queue, state }) {
  return queue.map(({ number, line }) => ({
    value: number, label: number, aside: html` <span class="soft">${nameOf(state ? state.lines[line] : undefined)}</span>`,
  }));
}
