// @ts-check
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";

/**
 * A ticket at a window that is not this clerk's (any more): whose it is, and what to do.
 * @param {{window: import("./types.js").Window, number: string, taken: boolean}} props
 */
export function LeftBehind({ window, number, taken }) {
  if (!taken && window.state !== "closed") return null;
  return html`
    <p class="notice warn left-behind" role="status" data-left=${taken ? "taken" : "closed"}>
      ${t(taken ? "counter.left.taken" : "counter.left.closed", { number })}</p>`;
}
