// @ts-check
import { windowName } from "../../lib/format.js";
import { t } from "../../lib/i18n.js";
import { html } from "../../lib/ui.js";
import { keepersOf } from "../journey.js";

/**
 * Whom the ticket is kept for. The news know no names: a clerk is whoever sits at a window now, and is
 * followed from there.
 * @param {{line: string, keep: string, state: import("../types.js").HallState, here: string,
 *   onKeep: (keep: string) => void}} props
 */
export function KeepField({ line, keep, state, here, onKeep }) {
  const keepers = line ? keepersOf(state, line, here) : [];
  const choose = (/** @type {any} */ event) => onKeep(event.target.value);
  return html`
    <div class="field">
      <label for="keep">${t("counter.keep_label")}</label>
      <select id="keep" value=${keep} disabled=${keepers.length === 0} onChange=${choose}>
        <option value="">${t(line && keepers.length === 0 ? "counter.keep_nobody" : "counter.keep_any")}</option>
        ${keepers.length > 0 && html`
          <optgroup label=${t("counter.keep_windows")}>
            ${keepers.map((one) => html`<option key=${one.code} value=${`window:${one.code}`}>${windowName(one)}</option>`)}
          </optgroup>
          <optgroup label=${t("counter.keep_clerks")}>
            ${keepers.map((one) => html`
              <option key=${one.clerk} value=${`clerk:${one.clerk}`}>${t("counter.keep_clerk_at", { window: windowName(one) })}</option>`)}
          </optgroup>`}
      </select>
    </div>`;
}
