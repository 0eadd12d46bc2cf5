// @ts-check
/** The way to each area and window, as seen from in front of this screen. */
import { windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";

const DIRECTIONS = ["left", "left_ahead", "ahead", "right_ahead", "right", "behind", "up", "down"];

/** @param {{places: Record<string, any>, state: any, take: (places: Record<string, any>) => void}} props */
export function Places({ places, state, take }) {
  const [wanted, want] = useState("");
  const areas = [...new Set(Object.values(state.windows).map((/** @type {any} */ window) => window.area).filter(Boolean))];
  const keys = [...new Set([...areas, ...Object.keys(places)])];
  const windows = Object.values(state.windows).filter((/** @type {any} */ one) => !keys.includes(one.code));
  const change = (/** @type {string} */ key, /** @type {any} */ part) => {
    const way = { direction: null, floor: "", ...places[key], ...part };
    const { [key]: _, ...others } = places;
    take(way.direction || way.floor || !areas.includes(key) ? { ...others, [key]: way } : others);
  };
  return html`
    <table class="places">
      <thead><tr><th scope="col">${t("preview.place")}</th><th scope="col">${t("preview.direction")}</th><th scope="col">${t("preview.floor")}</th></tr></thead>
      <tbody>${keys.map((key) => html`<${Place} key=${key} name=${nameOfPlace(state, key)} way=${places[key] || {}} change=${(/** @type {any} */ part) => change(key, part)} />`)}</tbody>
    </table>
    <div class="row">
      <select class="choice" aria-label=${t("preview.window")} onChange=${(/** @type {any} */ event) => want(event.target.value)}>
        <option value="">${t("preview.window")}</option>
        ${windows.map((/** @type {any} */ one) => html`<option key=${one.code} value=${one.code}>${windowName(one)}</option>`)}
      </select>
      <button type="button" class="button" disabled=${!wanted} onClick=${() => { change(wanted, {}); want(""); }}>${t("preview.add_window")}</button>
    </div>
  `;
}

/** @param {any} state @param {string} key */
const nameOfPlace = (state, key) => (state.windows[key] ? windowName(state.windows[key]) : key);

/** @param {{name: string, way: any, change: (part: any) => void}} props */
function Place({ name, way, change }) {
  return html`
    <tr>
      <th scope="row">${name}</th>
      <td><select class="choice" aria-label=${`${name} ${t("preview.direction")}`} onChange=${(/** @type {any} */ event) => change({ direction: event.target.value || null })}>
        <option value="" selected=${!way.direction}>${t("time.none")}</option>
        ${DIRECTIONS.map((one) => html`<option key=${one} value=${one} selected=${one === way.direction}>${t(`preview.way_${one}`)}</option>`)}
      </select></td>
      <td><input class="choice floor" aria-label=${`${name} ${t("preview.floor")}`} value=${way.floor || ""} maxlength="6"
        onInput=${(/** @type {any} */ event) => change({ floor: event.target.value })} /></td>
    </tr>
  `;
}
