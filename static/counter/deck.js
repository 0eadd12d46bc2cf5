// @ts-check
import { refusalText, t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { KEYS } from "./action.js";
import { outcomeOf } from "./presses.js";

/** @typedef {import("./presses.js").Press} Press */

/**
 * The buttons. Nothing here decides: what rests is only greyed, and the server has the last word.
 * @param {object} props
 * @param {{name: string, number: string | null}} props.next
 * @param {Set<string>} props.allowed
 * @param {Press | null} props.press
 * @param {string | null} props.hint a sentence of this page's own
 * @param {(action: string) => void} props.onAction
 */
export function Deck({ next, allowed, press, hint, onAction }) {
  const waiting = press && (press.phase === "sent" || press.phase === "unconfirmed") ? press.action : null;
  return html`
    <div class="deck">
      <${Outcome} press=${press} hint=${hint} />
      <${NextButton} next=${next} waiting=${waiting} onAction=${onAction} />
      <div class="actions">
        ${Object.entries(KEYS).map(([action, key]) => html`
          <button type="button" key=${action} class="button action" data-action=${action}
            disabled=${!allowed.has(action)} aria-busy=${waiting === action} aria-keyshortcuts=${key}
            onClick=${() => onAction(action)}>
            <span>${t(`counter.action.${action}`)}</span><kbd>${key}</kbd>
          </button>`)}
      </div>
    </div>`;
}

/** @param {{next: {name: string, number: string | null}, waiting: string | null, onAction: (a: string) => void}} props */
function NextButton({ next, waiting, onAction }) {
  const label = t(`counter.next.${next.name}`);
  return html`
    <button type="button" class="next" data-action="next" data-next=${next.name} aria-keyshortcuts="Space"
      aria-busy=${waiting !== null} aria-disabled=${waiting !== null} onClick=${() => onAction("next")}>
      <span class="next-words"><span>${label}</span>
        ${next.number && html`${" "}<span class="number">${next.number}</span>`}</span>
      ${waiting === null ? html`<kbd>${t("counter.space")}</kbd>` : html`<i class="busy" aria-hidden="true"></i>`}
    </button>`;
}

/**
 * The answer to the last press, where the eye is.
 * @param {{press: Press | null, hint: string | null}} props
 */
function Outcome({ press, hint }) {
  const { text, tone } = hint ? { text: hint, tone: "soft" } : sentenceOf(press);
  return html`<p class="outcome" role="status" data-tone=${tone}>${text}</p>`;
}

/** @param {Press | null} press */
function sentenceOf(press) {
  if (!press) return { text: "", tone: "soft" };
  if (press.phase === "refused" && press.answer) return { text: refusalText(press.answer.body), tone: "bad" };
  const outcome = outcomeOf(press);
  const tone = press.phase === "unconfirmed" ? "warn" : press.phase === "failed" ? "bad" : "good";
  return { text: outcome ? t(outcome.key, outcome.facts) : "", tone };
}
