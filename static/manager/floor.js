// @ts-check
import { nameOf, windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { useSecond } from "../counter/shared/news-hook.js";
import { tally, tilesOf } from "./tiles.js";

/** @typedef {import("../counter/types.js").HallState} HallState */

/** Every window of the hall. @param {{state: HallState, now: () => Date}} props */
export function Floor({ state, now }) {
  useSecond();
  const tiles = tilesOf(state, now());
  return html`
    <section class="card floor" aria-labelledby="floor-title">
      <h2 id="floor-title"><span>${t("manager.windows", { n: tiles.length })}</span>
        <span class="soft">${t("manager.tally", tally(tiles))}</span></h2>
      ${tiles.length === 0 && html`<p class="soft">${t("manager.no_windows")}</p>`}
      <ul class="tiles">
        ${tiles.map((tile) => html`<${TileView} key=${tile.window.code} tile=${tile} lines=${state.lines} />`)}
      </ul>
    </section>`;
}

/** @param {{tile: import("./tiles.js").Tile, lines: Record<string, any>}} props */
function TileView({ tile, lines }) {
  const { window, state, number, minutes, long } = tile;
  const names = window.lines.map((letter) => nameOf(lines[letter]) || letter).join(t("counter.list"));
  const aside = state === "paused" && window.pause_reason ? t(`pause.${window.pause_reason}`) : minutesText(minutes);
  return html`
    <li class="tile" data-state=${state} data-kind=${window.kind} data-long=${long} data-window=${window.code}
      title=${`${windowName(window)} · ${names} · ${t(`manager.state.${state}`)}`}>
      <span class="tile-top"><span>${t(`manager.tile.${window.kind}`, { number: window.number })}</span><span>${aside}</span></span>
      <b>${number || t(`manager.state.${state}`)}</b>
      ${state === "called" && html`<span class="visually-hidden">${t("manager.state.called")}</span>`}
    </li>`;
}

/** @param {number | null} minutes */
function minutesText(minutes) {
  return minutes === null ? "" : t("counter.minutes", { n: minutes });
}
