// @ts-check
import { Dialog } from "../counter/shared/dialog.js";
import { nameOf, windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { linesInOrder } from "../lib/hall.js";
import { placesFor, wayBody, withStop, withWindow, withoutStop } from "./way.js";

/**
 * Where the person goes on to: the lines of the services, one after another, each with a window of its
 * own if the clerk wishes.
 * @param {object} props
 * @param {string} props.number
 * @param {string} props.outcome
 * @param {any} props.state
 * @param {string[]} props.lines of what the person came for
 * @param {number} props.missing papers that nobody ticked
 * @param {boolean} props.floor
 * @param {(way: Record<string, unknown>) => void} props.onWay
 * @param {() => void} props.onClose
 */
export function WayDialog({ number, outcome, state, lines, missing, floor, onWay, onClose }) {
  const [stops, plan] = useState(lines.filter((letter) => state.lines[letter]?.open).map((line) => ({ line, window: "" })));
  const [back, come] = useState(false);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (stops.length) onWay(wayBody(stops, back));
  };
  return html`
    <${Dialog} title=${t(`zero.way_title.${outcome}`, { number })} onClose=${onClose}>
      <form class="stack" onSubmit=${submit}>
        ${outcome === "ready" && missing > 0 && html`<p class="notice warn">${t("zero.way_missing", { n: missing })}</p>`}
        <${Stops} stops=${stops} state=${state} plan=${plan} />
        <${AddLine} stops=${stops} state=${state} plan=${plan} />
        ${!floor && html`<label class="check"><input type="checkbox" checked=${back} onChange=${() => come(!back)} /><span>${t("zero.come_back")}</span></label>`}
        <div class="dialog-buttons">
          <button type="button" class="button" onClick=${onClose}>${t("staff.cancel")}</button>
          <button type="submit" class="button primary" autofocus=${stops.length > 0} disabled=${stops.length === 0}>${t(`zero.outcome.${outcome}`)}</button>
        </div>
      </form>
    <//>`;
}

/** @param {{stops: any[], state: any, plan: (stops: any[]) => void}} props */
function Stops({ stops, state, plan }) {
  return html`
    <ol class="stops">
      ${stops.map(({ line, window }, index) => html`
        <li key=${line} data-line=${line}>
          <b class="letter">${line}</b><span>${nameOf(state.lines[line])}</span>
          <select aria-label=${t("zero.window_for", { line: nameOf(state.lines[line]) })} value=${window}
            onChange=${(/** @type {any} */ event) => plan(withWindow(stops, index, event.target.value))}>
            <option value="">${t("zero.any_window")}</option>
            ${placesFor(state.windows, line).map((one) => html`<option key=${one.code} value=${one.code}>${windowName(one)}</option>`)}
          </select>
          <button type="button" class="link" aria-label=${t("zero.remove_stop", { line: nameOf(state.lines[line]) })}
            onClick=${() => plan(withoutStop(stops, index))}>${t("zero.remove")}</button>
        </li>`)}
    </ol>`;
}

/** @param {{stops: any[], state: any, plan: (stops: any[]) => void}} props */
function AddLine({ stops, state, plan }) {
  const taken = stops.map(({ line }) => line);
  const others = linesInOrder(state).filter((line) => line.open && line.kind !== "zero" && !taken.includes(line.letter));
  return html`
    <div class="field">
      <label for="add-line">${t(stops.length ? "zero.then_line" : "zero.choose_line")}</label>
      <select id="add-line" value="" autofocus=${stops.length === 0}
        onChange=${(/** @type {any} */ event) => plan(withStop(stops, event.target.value))}>
        <option value="">${t("zero.pick_line")}</option>
        ${others.map((line) => html`<option key=${line.letter} value=${line.letter}>${line.letter} ${nameOf(line)}</option>`)}
      </select>
    </div>`;
}
