// @ts-check
/** Where a window is, as seen from this screen: the layout knows it by the window's code or by its area. */
import { language, t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";

/** How far each arrow is turned from pointing right, in degrees. */
const TURNED = { right: 0, right_ahead: -45, ahead: -90, up: -90, left_ahead: -135, left: 180, down: 90, behind: 90 };

/** @typedef {{direction?: string | null, floor?: string, place?: string}} Way `place`: the floor in the hall's own words */

/** What the layout says of this board goes before what the hall says of the window.
 *  @param {import("../lib/layout.js").Board} board @param {Record<string, any>} window @returns {Way} */
export function wayTo({ places }, window) {
  const { direction, floor } = places[window.code] || places[window.area] || {};
  const place = (language() === "en" && window.place_en) || window.place || "";
  return { direction: direction || window.direction, floor, place };
}

/** "2楼 · 右侧" @param {Way} way @param {import("../lib/i18n.js").Translate} [translate] */
export function wayText({ direction, floor, place }, translate = t) {
  const parts = [floor ? translate("board.floor", { floor }) : place, direction && translate(`board.way_${direction}`)];
  return parts.filter(Boolean).join(" · ");
}

/** An area's name is what the sign in the hall says: there is no translation of it. @param {Record<string, any>} window */
export const areaOf = (window) => (language() === "en" ? "" : window.area || "");

/** Drawn, so that it has the weight of the figures beside it in every font. @param {{way: Way, class?: string}} props */
export function Arrow({ way, class: look = "arrow" }) {
  const turned = TURNED[/** @type {keyof typeof TURNED} */ (way.direction || "right")] || 0;
  return html`
    <svg class=${look} viewBox="0 0 100 100" aria-hidden="true" focusable="false">
      <path d="M6 50h84M56 16l34 34-34 34" fill="none" stroke="currentColor" stroke-width="10" transform=${`rotate(${turned} 50 50)`} />
    </svg>
  `;
}
