// @ts-check
import { useEffect, useRef } from "../lib/ui.js";
import { actionOfKey } from "./action.js";

/**
 * Give the page's keys to `act`.
 * @param {(action: string) => void} act
 */
export function useKeys(act) {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const onKey = (/** @type {KeyboardEvent} */ event) => {
      const focus = focusOf(event.target);
      // A key held down on a focused button would press it again and again.
      if (event.repeat && focus.tag === "BUTTON") event.preventDefault();
      const action = actionOfKey(event, focus);
      if (!action) return;
      event.preventDefault(); // the space bar would scroll the page
      latest.current(action);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

/** @param {EventTarget | null} target */
function focusOf(target) {
  const dialog = document.querySelector("dialog[open]") !== null;
  if (!(target instanceof HTMLElement)) return { tag: "", editable: false, dialog };
  return { tag: target.tagName, editable: target.isContentEditable, dialog };
}
