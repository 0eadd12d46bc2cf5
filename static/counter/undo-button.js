// @ts-check
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { KEYS } from "./action.js";
import { useSecond } from "./shared/news-hook.js";
import { secondsToUndo } from "./undo.js";

/**
 * Takes a mistaken finish back, for as long as the server lets it.
 * @param {{finished: import("./undo.js").Finished | null, now: () => Date, onAction: (action: string) => void}} props
 */
export function UndoButton({ finished, now, onAction }) {
  useSecond();
  const seconds = finished ? secondsToUndo(finished, now()) : 0;
  if (!finished || seconds === 0) return null;
  return html`
    <button type="button" class="button small undo" data-action="undo" aria-keyshortcuts=${KEYS.undo}
      onClick=${() => onAction("undo")}>
      <span>${t("counter.action.undo_number", { number: finished.number })}</span>
      <span class="undo-left" aria-hidden="true">${t("counter.undo_left", { n: seconds })}</span><kbd>${KEYS.undo}</kbd>
    </button>`;
}
