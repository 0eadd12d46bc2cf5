// @ts-check
import { nameOf } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { useCatalogue } from "./use-catalogue.js";

/**
 * What was found out about this person before: the services, and papers that were missing. For any
 * counter; its sentences are everybody's.
 * @param {{ticket: any, hall: string, state: any}} props
 */
export function Brings({ ticket, hall, state }) {
  const brings = ticket.brings;
  return brings && brings.services ? html`<${Found} brings=${brings} hall=${hall} state=${state} />` : null;
}

/** @param {{brings: any, hall: string, state: any}} props */
function Found({ brings, hall, state }) {
  const { known } = useCatalogue(hall, state);
  const names = brings.services.map((/** @type {string} */ code) => nameOf(known[code]) || code).join(t("brings.joint"));
  const missing = Object.entries(brings.missing || {}).flatMap(([code, papers]) => namesOf(known[code], papers));
  return html`
    <p class="brings" data-brings=${brings.services.join(" ")}>${t("brings.services", { names })}
      ${missing.length > 0 && html`<br />${t("brings.missing", { names: missing.join(t("brings.joint")) })}`}</p>`;
}

/** @param {any} service @param {string[]} papers */
function namesOf(service, papers) {
  return papers.map((code) => nameOf(service && service.papers.find((/** @type {any} */ paper) => paper.code === code)) || code);
}
