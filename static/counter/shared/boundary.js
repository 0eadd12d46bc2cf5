// @ts-check
import { t } from "../../lib/i18n.js";
import { html } from "../../lib/ui.js";
import { useErrorBoundary } from "../../vendor/preact-hooks-11.2.0.js";

/**
 * A part of the page that may fail by itself: the rest stays, and the part can be tried again.
 * @param {{name: string, children?: any}} props `name` is for the console
 */
export function Part({ name, children }) {
  const [error, again] = useErrorBoundary((/** @type {unknown} */ reason) => console.error(name, reason));
  if (!error) return children;
  return html`
    <div class="notice bad" role="alert">
      <p>${t("staff.part_failed")}</p>
      <button type="button" class="button" onClick=${again}>${t("staff.try_again")}</button>
    </div>`;
}
