// @ts-check
import { windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { isTaken } from "./action.js";
import { LineNames } from "./header.js";
import { byPlace } from "./shared/place.js";
import { lineLoad, servedBy, ticketAt } from "./turn.js";

/** @typedef {import("./types.js").HallState} HallState */
/** @typedef {import("./types.js").Window} Window */

/**
 * @param {{state: HallState, me: any, from?: Window | null, onChoose: (code: string) => void,
 *   onTakeOver: (code: string) => void, onBack: () => void}} props
 *   `from`: where the clerk sits while another window is being chosen
 */
export function Picker({ state, me, from = null, onChoose, onTakeOver, onBack }) {
  const windows = Object.values(state.windows).sort(byPlace);
  if (windows.length === 0) return html`<p class="empty">${t("counter.no_windows")}</p>`;
  return html`
    <main class="picker">
      <h2>${t(from ? "counter.move_window" : "counter.choose_window")}</h2>
      <p class="soft">${t(from ? "counter.move_hint" : "counter.choose_hint", { window: windowName(from) })}</p>
      ${from && html`<p><button type="button" class="button small" data-action="stay" onClick=${onBack}>
        ${t("counter.stay", { window: windowName(from) })}</button></p>`}
      <ul class="picker-grid">
        ${windows.filter((window) => window !== from).map((window) => html`
          <li key=${window.code}>
            <${Choice} window=${window} state=${state} me=${me} onChoose=${onChoose} onTakeOver=${onTakeOver} />
          </li>`)}
      </ul>
    </main>`;
}

/** @param {{window: Window, state: HallState, me: any, onChoose: (code: string) => void, onTakeOver: (code: string) => void}} props */
function Choice({ window, state, me, onChoose, onTakeOver }) {
  const taken = isTaken(window, me);
  const { own } = servedBy(window);
  const waiting = own.reduce((sum, letter) => sum + lineLoad(letter, state.tickets).waiting, 0);
  const left = window.state === "closed" ? ticketAt(window.code, state.tickets) : null;
  const status = taken ? "taken" : window.state;
  return html`
    <button type="button" class="choice" data-state=${status} data-kind=${window.kind} data-window=${window.code}
      onClick=${() => (taken ? onTakeOver : onChoose)(window.code)}>
      <b>${windowName(window)}</b>
      <${LineNames} window=${window} lines=${state.lines} />
      <small>${taken ? t("counter.taken_choice") : t("counter.people_waiting", { n: waiting })}</small>
      ${left && html`<small class="choice-left">${t("counter.left_there", { number: left.number })}</small>`}
    </button>`;
}
