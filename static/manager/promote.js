// @ts-check
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { Choices } from "../counter/dialogs/choices.js";
import { NoteField } from "../counter/dialogs/note.js";
import { PROMOTION_REASONS } from "../counter/reasons.js";
import { minutesBetween } from "../counter/turn.js";

/**
 * Put somebody first in the line: never without a reason, and the call will say it.
 * @param {{waiting: any[], now: Date, orders: import("./use-orders.js").Orders}} props
 */
export function Promote({ waiting, now, orders }) {
  const [asked, set] = useState({ number: "", reason: "", note: "" });
  // The news go on: the ticket may have been called meanwhile.
  const ticket = waiting.find((one) => one.number === asked.number);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!ticket || !asked.reason) return;
    const note = asked.note.trim();
    const done = t("manager.promoted", { number: ticket.number });
    const answer = await orders.send("POST", `/tickets/${ticket.id}/promotions`, { reason: asked.reason, ...(note && { note }) }, done);
    if (answer) set({ number: "", reason: "", note: "" });
  };
  const field = (/** @type {string} */ name) => (/** @type {string} */ value) => set({ ...asked, [name]: value });
  const reasons = PROMOTION_REASONS.map((one, index) => ({ value: one, key: String(index + 1), label: t(`promotion.${one}`) }));
  return html`
    <form onSubmit=${submit}>
      <h3>${t("manager.promote_title")}</h3>
      ${waiting.length === 0 ? html`<p class="soft">${t("counter.nobody_waits")}</p>` : html`
        <div class="pick-list"><${Choices} legend=${t("manager.promote_whom")} name="ticket" options=${options(waiting, now)}
          value=${asked.number} onChoose=${field("number")} /></div>
        <${Choices} legend=${t("counter.pick_reason")} name="reason" options=${reasons} value=${asked.reason} onChoose=${field("reason")} />
        <${NoteField} value=${asked.note} onWrite=${field("note")} />
        <button type="submit" class="button" data-action="promote" disabled=${!ticket || !asked.reason || orders.busy}>${t("manager.promote")}</button>`}
    </form>`;
}

/** @param {any[]} waiting @param {Date} now */
function options(waiting, now) {
  return waiting.map((ticket) => ({
    value: ticket.number,
    label: ticket.number,
    aside: html` <span class="soft">${t("counter.minutes", { n: minutesBetween(ticket.joined_at, now) })}${ticket.promoted ? ` · ${t("counter.promoted")}` : ""}</span>`,
  }));
}
