// @ts-check
import { refusalText, t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { KEYS } from "./action.js";
import { isWaiting, outcomeOf } from "./presses.js";
import { UndoButton } from "./undo-button.js";

/** @typedef {import("./presses.js").Press} Press */

/**
 * The buttons: the large one, and those that make sense now, each with its key.
 * @param {{desk: import("./use-desk.js").Desk, page: import("./use-page.js").Page, now: () => Date}} props
 */
export function Deck({ desk, page, now }) {
  const { press } = desk;
  const waiting = press && isWaiting(press) ? press.action : null;
  if (!page.next) return null;
  return html`
    <div class="deck">
      <div class="answer">
        <${Outcome} press=${press} hint=${page.hint} />
        <${UndoButton} finished=${desk.undoable()} now=${now} onAction=${page.act} />
      </div>
      <${NextButton} next=${page.next} waiting=${waiting} onAction=${page.act} />
      <div class="actions">
        ${page.allowed.map((action) => html`
          <${ActionButton} key=${action} action=${action} waiting=${waiting} onAction=${page.act} />`)}
      </div>
    </div>`;
}

/** @param {{action: string, waiting: string | null, onAction: (action: string) => void}} props */
function ActionButton({ action, waiting, onAction }) {
  const key = KEYS[/** @type {keyof typeof KEYS} */ (action)];
  return html`
    <button type="button" class="button action" data-action=${action} aria-busy=${waiting === action}
      aria-keyshortcuts=${key} onClick=${() => onAction(action)}>
      <span>${t(`counter.action.${action}`)}</span><kbd>${key}</kbd>
    </button>`;
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
 * @param {{press: Press | null, hint: string | null, role?: string}} props
 */
export function Outcome({ press, hint, role = "status" }) {
  const { text, tone } = hint ? { text: hint, tone: "soft" } : sentenceOf(press);
  return html`<p class="outcome" role=${role} data-tone=${tone}>${text}</p>`;
}

/** @param {Press | null} press */
function sentenceOf(press) {
  if (!press) return { text: "", tone: "soft" };
  if (press.phase === "refused" && press.answer) return { text: refusalText(press.answer.body), tone: "bad" };
  const outcome = outcomeOf(press);
  const tone = press.phase === "unconfirmed" ? "warn" : press.phase === "failed" ? "bad" : "good";
  return { text: outcome ? t(outcome.key, outcome.facts) : "", tone };
}
