// @ts-check
import { nameOf, windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { useSecond } from "../counter/shared/news-hook.js";
import { tally, tilesOf } from "./tiles.js";
import { WindowDialog } from "./window-dialog.js";

/** @typedef {import("../counter/types.js").HallState} HallState */

/**
 * Every window of the hall.
 * @param {{hall: string, state: HallState, now: () => Date, staff: import("./use-staff.js").Staff, maySupervise: boolean}} props
 */
export function Floor({ hall, state, now, staff, maySupervise }) {
  useSecond();
  const [opened, open] = useState(/** @type {string | null} */ (null));
  const tiles = tilesOf(state, now());
  const tile = tiles.find(({ window }) => window.code === opened);
  return html`
    <section class="card floor" aria-labelledby="floor-title">
      <h2 id="floor-title"><span>${t("manager.windows", { n: tiles.length })}</span>
        <span class="soft">${t("manager.tally", tally(tiles))}</span></h2>
      ${tiles.length === 0 && html`<p class="soft">${t("manager.no_windows")}</p>`}
      <ul class="tiles">
        ${tiles.map((one) => html`<${TileView} key=${one.window.code} tile=${one} lines=${state.lines} onOpen=${maySupervise ? open : null} />`)}
      </ul>
      ${tile && html`<${WindowDialog} key=${opened} hall=${hall} state=${state} tile=${tile} staff=${staff} onClose=${() => open(null)} />`}
    </section>`;
}

/** @param {{tile: import("./tiles.js").Tile, lines: Record<string, any>, onOpen: ((code: string) => void) | null}} props */
function TileView({ tile, lines, onOpen }) {
  const { window, state, long, left, alarm } = tile;
  const names = window.lines.map((letter) => nameOf(lines[letter]) || letter).join(t("counter.list"));
  const inside = html`<${Inside} tile=${tile} />`;
  return html`
    <li class=${onOpen ? "tile opens" : "tile"} data-state=${state} data-kind=${window.kind} data-long=${long || left} data-alarm=${alarm} data-window=${window.code}
      title=${`${windowName(window)} · ${names} · ${t(`manager.state.${state}`)}`}>
      ${onOpen ? html`<button type="button" class="tile-button" onClick=${() => onOpen(window.code)}>${inside}</button>` : inside}
    </li>`;
}

/** @param {{tile: import("./tiles.js").Tile}} props */
function Inside({ tile }) {
  const { window, state, number, minutes, left, long, alarm } = tile;
  const aside = state === "paused" && window.pause_reason ? t(`pause.${window.pause_reason}`) : minutesText(minutes);
  return html`
    <span class="tile-top"><span>${t(`manager.tile.${window.kind}`, { number: window.number })}</span>
      <span>${alarm ? t("counter.action.alarm") : aside}</span></span>
    <b>${number || t(`manager.state.${state}`)}</b>
    ${state === "called" && html`<span class="visually-hidden">${t("manager.state.called")}</span>`}
    ${left && html`<span class="tile-note">${t("manager.left_behind")}</span>`}
    ${long && !left && html`<span class="visually-hidden">${t("manager.long")}</span>`}`;
}

/** @param {number | null} minutes */
function minutesText(minutes) {
  return minutes === null ? "" : t("counter.minutes", { n: minutes });
}
