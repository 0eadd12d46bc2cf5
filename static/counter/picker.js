// @ts-check
import { windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { isTaken } from "./action.js";
import { LineNames } from "./header.js";
import { byPlace } from "./shared/place.js";
import { lineLoad } from "./turn.js";

/** @typedef {import("./types.js").HallState} HallState */
/** @typedef {import("./types.js").Window} Window */

/** @param {{state: HallState, me: any, onChoose: (code: string) => void}} props */
export function Picker({ state, me, onChoose }) {
  const windows = Object.values(state.windows).sort(byPlace);
  if (windows.length === 0) return html`<p class="empty">${t("counter.no_windows")}</p>`;
  return html`
    <main class="picker">
      <h2>${t("counter.choose_window")}</h2>
      <p class="soft">${t("counter.choose_hint")}</p>
      <ul class="picker-grid">
        ${windows.map((window) => html`
          <li key=${window.code}>
            <${Choice} window=${window} state=${state} me=${me} onChoose=${onChoose} />
          </li>`)}
      </ul>
    </main>`;
}

/** @param {{window: Window, state: HallState, me: any, onChoose: (code: string) => void}} props */
function Choice({ window, state, me, onChoose }) {
  const taken = isTaken(window, me);
  const waiting = window.lines.reduce((sum, letter) => sum + lineLoad(letter, state.tickets).waiting, 0);
  const status = taken ? "taken" : window.state;
  return html`
    <button type="button" class="choice" data-state=${status} data-kind=${window.kind} data-window=${window.code}
      disabled=${taken} onClick=${() => onChoose(window.code)}>
      <b>${windowName(window)}</b>
      <${LineNames} window=${window} lines=${state.lines} />
      <small>${taken ? t("counter.taken") : t("counter.people_waiting", { n: waiting })}</small>
    </button>`;
}
