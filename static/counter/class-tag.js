// @ts-check
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";

/** @param {{class: string}} props */
export function ClassTag({ class: name }) {
  return name === "care" ? html`<span class="tag">${t("counter.class.care")}</span>` : null;
}
