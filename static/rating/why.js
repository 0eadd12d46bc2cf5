// @ts-check
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { REASONS } from "./levels.js";

/**
 * What was wrong, if the person wants to say.
 * @param {{onSend: (reasons: string[]) => void}} props
 */
export function Why({ onSend }) {
  const [chosen, set] = useState(/** @type {string[]} */ ([]));
  const toggle = (/** @type {string} */ reason) =>
    set(chosen.includes(reason) ? chosen.filter((one) => one !== reason) : [...chosen, reason]);
  return html`
    <section class="why-bad" aria-labelledby="why-title">
      <h2 id="why-title">${t("rating.why")}</h2>
      <ul class="why-list">
        ${REASONS.map((reason) => html`
          <li key=${reason}><button type="button" class="button why-reason" data-reason=${reason}
            aria-pressed=${chosen.includes(reason)} onClick=${() => toggle(reason)}>${t(`rating.reason.${reason}`)}</button></li>`)}
      </ul>
      <button type="button" class="button primary why-send" onClick=${() => onSend(chosen)}>
        ${t(chosen.length ? "rating.send" : "rating.send_without")}</button>
    </section>`;
}
