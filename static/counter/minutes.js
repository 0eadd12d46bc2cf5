// @ts-check
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";

/** From how many minutes a wait is shown as long. */
const LONG_WAIT = 30;

/** @param {{minutes: number | null}} props */
export function Minutes({ minutes }) {
  if (minutes === null) return html`<span class="minutes">${t("counter.none")}</span>`;
  return html`<span class="minutes" data-long=${minutes >= LONG_WAIT}>${t("counter.minutes", { n: minutes })}</span>`;
}
