// @ts-check
import { t } from "../../lib/i18n.js";
import { html, useState } from "../../lib/ui.js";
import { PARK_REASONS } from "../reasons.js";
import { Dialog } from "../shared/dialog.js";
import { FormButtons } from "./buttons.js";
import { Choices } from "./choices.js";
import { NoteField } from "./note.js";

/** When somebody says to be back; the first is nothing said. In minutes. */
const MINUTES = ["", "10", "20", "30", "60", "120"];

/**
 * @param {{number: string, onPark: (body: {reason: string, minutes?: number, note?: string}) => void, onClose: () => void}} props
 */
export function ParkDialog({ number, onPark, onClose }) {
  const [reason, choose] = useState(PARK_REASONS[0]);
  const [minutes, say] = useState(MINUTES[0]);
  const [note, write] = useState("");
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const text = note.trim();
    onPark({ reason, ...(minutes && { minutes: Number(minutes) }), ...(text && { note: text }) });
  };
  const reasons = PARK_REASONS.map((one, index) => ({ value: one, key: String(index + 1), label: t(`park.${one}`) }));
  return html`
    <${Dialog} title=${t("counter.park_title", { number })} onClose=${onClose}>
      <form onSubmit=${submit}>
        <${Choices} legend=${t("counter.park_reason")} name="reason" options=${reasons} value=${reason} onChoose=${choose} first=${true} />
        <${Choices} legend=${t("counter.park_minutes")} name="minutes" options=${minuteOptions()} value=${minutes} onChoose=${say} />
        <${NoteField} value=${note} onWrite=${write} />
        <${FormButtons} yes=${t("counter.action.park")} ready=${true} onClose=${onClose} />
      </form>
    <//>`;
}

function minuteOptions() {
  return MINUTES.map((value) => ({ value, label: value ? t("counter.in_minutes", { n: value }) : t("counter.no_time") }));
}
