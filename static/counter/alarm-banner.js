// @ts-check
import { hallTime, windowName } from "../lib/format.js";
import { refusalText, t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { KEYS } from "./action.js";
import { concerning, openAlarms, seatOfStaff, standOf, toAccept } from "./alarms.js";

/** @typedef {import("./types.js").HallState} HallState */
/** @typedef {ReturnType<typeof import("./use-help.js").useHelp>} Help */

/**
 * Calls for help, silent and in sight. One's own stays quiet: whoever stands at the window may read along.
 * @param {{state: HallState, me: any, help: Help, mayAccept?: boolean, keys?: boolean, nameOfStaff?: (id: string) => string,
 *   now?: Date | null}} props
 *   `now`: on the page of a clerk, whom others' calls concern until somebody goes; without it all are shown and may be ended
 *   `keys`: the page listens to the key; `nameOfStaff`: names, where the page has them
 */
export function AlarmBanner({ state, me, help, mayAccept = true, keys = true, nameOfStaff = () => "", now = null }) {
  const alarms = now ? concerning(openAlarms(state.alarms), me, now) : openAlarms(state.alarms);
  const first = toAccept(alarms, me);
  return html`
    <div class="alarms" role="status">
      ${alarms.map((alarm) => html`<${One} key=${alarm.id} alarm=${alarm} state=${state} me=${me} help=${help}
        mayAccept=${mayAccept} mayEnd=${!now} hasKey=${keys && first === alarm} nameOfStaff=${nameOfStaff} />`)}
      <${Answer} press=${help.press} />
    </div>`;
}

/** @param {{alarm: import("./types.js").Alarm, state: HallState, me: any, help: Help, mayAccept: boolean, mayEnd: boolean, hasKey: boolean,
 *   nameOfStaff: (id: string) => string}} props */
function One({ alarm, state, me, help, mayAccept, mayEnd, hasKey, nameOfStaff }) {
  const stand = standOf(alarm, me);
  const facts = {
    window: windowName(state.windows[alarm.window]) || alarm.window,
    time: hallTime(alarm.at, state.hall.timezone),
    who: alarm.accepted_by ? whoComes(alarm.accepted_by, state, nameOfStaff) : "",
  };
  return html`
    <div class="alarm" data-alarm=${alarm.window} data-stand=${stand}>
      <p><b>${t(`counter.alarm.${stand}`, facts)}</b> <span>${t("counter.alarm.since", facts)}</span></p>
      ${stand === "theirs" && mayAccept && html`
        <button type="button" class="button small primary" data-action="accept" aria-keyshortcuts=${KEYS.accept}
          onClick=${() => help.accept(alarm)}><span>${t("counter.alarm.accept")}</span>${hasKey && html`<kbd>${KEYS.accept}</kbd>`}</button>`}
      ${stand !== "theirs" && mayAccept && (mayEnd || stand !== "theirs_accepted") && html`
        <button type="button" class="button small" data-action="end-alarm" onClick=${() => help.end(alarm)}>
          ${t("counter.alarm.end")}</button>`}
    </div>`;
}

/** By name where the page knows names, else by the window. @param {string} id @param {HallState} state @param {(id: string) => string} nameOfStaff */
function whoComes(id, state, nameOfStaff) {
  const seat = seatOfStaff(state.windows, id);
  return nameOfStaff(id) || (seat ? t("counter.alarm.who_at", { window: windowName(seat) }) : t("counter.alarm.who"));
}

/** What became of the last press, where it needs to be said. @param {{press: Help["press"]}} props */
function Answer({ press }) {
  if (!press || press.phase === "done" || press.phase === "sent") return null;
  const text = press.phase === "refused" && press.answer ? refusalText(press.answer.body) : t(`counter.alarm.${press.phase}`);
  return html`<p class="alarm-answer">${text}</p>`;
}
