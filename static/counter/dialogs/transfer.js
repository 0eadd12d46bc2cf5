// @ts-check
import { t } from "../../lib/i18n.js";
import { html, useState } from "../../lib/ui.js";
import { stopOf, transferBody } from "../journey.js";
import { Dialog } from "../shared/dialog.js";
import { FormButtons } from "./buttons.js";
import { Choices } from "./choices.js";
import { KeepField } from "./keep.js";
import { lineOptions } from "./lines.js";
import { NoteField } from "./note.js";
import { Stops } from "./stops.js";

/** The server plans no longer journey, the way back counted. */
const STOPS_AT_MOST = 7;

/** Where to, for whom it is kept, and the stops already put down. */
function useStops() {
  const [stops, put] = useState(/** @type {ReturnType<typeof stopOf>[]} */ ([]));
  const [line, aim] = useState("");
  const [keep, keepFor] = useState("");
  const choose = (/** @type {string} */ letter) => { aim(letter); keepFor(""); };
  const all = line ? [...stops, stopOf(line, keep)] : stops;
  const add = () => { put(all); choose(""); };
  const drop = (/** @type {number} */ at) => put(stops.filter((_, index) => index !== at));
  return { stops, line, choose, keep, keepFor, all, add, drop };
}

/**
 * To another line, or to a window or clerk; to several one after another; and back.
 * @param {object} props
 * @param {import("../types.js").Ticket} props.ticket
 * @param {import("../types.js").HallState} props.state
 * @param {(body: Record<string, any>) => void} props.onTransfer
 * @param {() => void} props.onClose
 */
export function TransferDialog({ ticket, state, onTransfer, onClose }) {
  const to = useStops();
  const [note, write] = useState("");
  const [more, set] = useState({ back: false, wrong: false });
  const first = to.all[0];
  // From a line to itself there is nothing to go to, unless another window or clerk is meant.
  const ready = first !== undefined && (first.line !== ticket.line || Boolean(first.window || first.clerk));
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (ready) onTransfer(transferBody(to.all, { note, ...more }));
  };
  return html`
    <${Dialog} title=${t("counter.transfer_title", { number: ticket.number })} onClose=${onClose} wide=${true}>
      <form class="transfer" onSubmit=${submit}>
        <${Stops} stops=${to.stops} state=${state} onDrop=${to.drop} />
        <${Choices} legend=${t("counter.transfer_line")} name="line" options=${lineOptions(state)} value=${to.line} onChoose=${to.choose} first=${true} />
        <${KeepField} line=${to.line} keep=${to.keep} state=${state} here=${ticket.window || ""} onKeep=${to.keepFor} />
        <${NoteField} value=${note} onWrite=${write} />
        <${More} more=${more} serving=${ticket.state === "serving"} onSet=${set} />
        <${FormButtons} yes=${t("counter.action.transfer")} ready=${ready} onClose=${onClose}>
          <button type="button" class="button" data-action="add-stop" disabled=${!to.line || to.stops.length >= STOPS_AT_MOST - 1}
            onClick=${to.add}>${t("counter.add_stop")}</button>
        <//>
      </form>
    <//>`;
}

/** @param {{more: {back: boolean, wrong: boolean}, serving: boolean, onSet: (more: any) => void}} props */
function More({ more, serving, onSet }) {
  const box = (/** @type {"back" | "wrong"} */ name) => html`
    <label class="check"><input type="checkbox" name=${name} checked=${more[name]}
      onChange=${() => onSet({ ...more, [name]: !more[name] })} /><span>${t(`counter.transfer_${name}`)}</span></label>`;
  // From a call the line was the wrong one anyway, and there is nothing to come back to.
  return html`<div class="checks">${box("back")}${serving && box("wrong")}</div>`;
}
