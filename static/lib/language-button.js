// @ts-check
import { language, loadLanguage, setLanguage, t } from "./i18n.js";
import { html } from "./ui.js";

/**
 * Changes to the other language and remembers it.
 * @param {{parts: string[], again: () => void, class?: string, disabled?: boolean}} props
 */
export function LanguageButton({ parts, again, class: look = "button", disabled = false }) {
  const other = language() === "en" ? "zh-CN" : "en";
  const change = async () => {
    setLanguage(other);
    await loadLanguage(other, parts);
    again();
  };
  // The visible word is in the other language, and so is its explanation.
  return html`
    <button type="button" class=${look} disabled=${disabled} onClick=${change}>
      <span lang=${other}>${t("language.other")}</span><span class="visually-hidden"> ${t("language.switch")}</span>
    </button>
  `;
}
