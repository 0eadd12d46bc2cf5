// @ts-check
import { t } from "../lib/i18n.js";
import { html, useEffect, useRef } from "../lib/ui.js";

/** @param {{name: string, label: string, type?: string, autocomplete: string, focus?: boolean}} props */
export function Field({ name, label, type = "text", autocomplete, focus = false }) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => {
    if (focus && input.current) input.current.focus();
  }, []);
  return html`
    <div class="field">
      <label for=${name}>${label}</label>
      <input ref=${input} id=${name} name=${name} type=${type} autocomplete=${autocomplete} autocapitalize="none"
        spellcheck=${false} required aria-describedby="problem" />
    </div>
  `;
}

/** @param {{text: string, waiting: boolean}} props */
export function Problem({ text, waiting }) {
  const shown = waiting ? t("sign_in.offline") : text;
  return html`<p id="problem" class=${shown ? `notice ${waiting ? "warn" : "bad"}` : ""} role="alert">${shown}</p>`;
}
