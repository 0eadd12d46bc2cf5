// @ts-check
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";

/**
 * What comes of it: one button and one key each. What rests is only greyed; the server has the last word.
 * @param {object} props
 * @param {readonly {name: string, key: string}[]} props.outcomes
 * @param {string | null} props.likely what the sheet suggests
 * @param {boolean} props.resting nobody is being served
 * @param {boolean} props.waiting an order is on its way
 * @param {(outcome: string) => void} props.onOutcome
 * @param {() => void} [props.onWay] hand on with more to say
 */
export function Triage({ outcomes, likely, resting, waiting, onOutcome, onWay }) {
  return html`
    <section class="card triage" aria-labelledby="triage-title">
      <h2 id="triage-title">${t("zero.outcome_title")}</h2>
      <ul class="outcomes">
        ${outcomes.map(({ name, key }) => html`
          <li key=${name}>
            <button type="button" class="button action" data-outcome=${name} data-likely=${likely === name} disabled=${resting}
              aria-disabled=${waiting} aria-keyshortcuts=${key} onClick=${() => waiting || onOutcome(name)}>
              <span>${t(`zero.outcome.${name}`)}</span><kbd>${key}</kbd>
            </button>
          </li>`)}
        ${onWay && html`
          <li>
            <button type="button" class="button action" data-outcome="way" disabled=${resting} aria-disabled=${waiting}
              aria-keyshortcuts="W" onClick=${() => waiting || onWay()}>
              <span>${t("zero.way")}</span><kbd>W</kbd>
            </button>
          </li>`}
      </ul>
    </section>`;
}
