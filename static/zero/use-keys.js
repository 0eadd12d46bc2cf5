// @ts-check
import { useEffect, useRef } from "../lib/ui.js";
import { wishOf } from "./keys.js";

/**
 * Give the page's keys to `act`, which answers whether it took them.
 * @param {(wish: string) => void} act
 */
export function useKeys(act) {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const onKey = (/** @type {KeyboardEvent} */ event) => {
      const focus = focusOf(event.target);
      // A key held down on a focused button would press it again and again.
      if (event.repeat && focus.tag === "BUTTON") event.preventDefault();
      const wish = wishOf(event, focus);
      if (!wish) return;
      event.preventDefault(); // the space bar would scroll, and the slash would stand in the search
      latest.current(wish);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

/** @param {EventTarget | null} target */
function focusOf(target) {
  const dialog = document.querySelector("dialog[open]") !== null;
  if (!(target instanceof HTMLElement)) return { tag: "", dialog };
  const type = target instanceof HTMLInputElement ? target.type : "";
  return { tag: target.tagName, type, editable: target.isContentEditable, dialog };
}

/** A click must not take the focus: the space bar would press that button again. @param {MouseEvent} event */
export function keepFocus(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (target && target.closest("button") && !target.closest("dialog, form")) event.preventDefault();
}
