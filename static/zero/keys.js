// @ts-check
import { KEYS } from "../counter/action.js";
import { OUTCOMES } from "./outcomes.js";

/** The window's own actions that stand on this page, with the keys they have at every counter. */
export const AT_WINDOW = Object.freeze(["recall", "miss", "leave", "pause", "close"]);
/** Keys of the sheet. */
export const SHEET_KEYS = Object.freeze({ search: "/", papers: "A", no_entry: "N", way: "W" });

const TYPING = ["TEXTAREA", "SELECT"];

/** Help is asked for from wherever the hands are, as at every counter. */
export const ALARM = "alarm";

/** @typedef {{key: string, repeat?: boolean, ctrlKey?: boolean, altKey?: boolean, metaKey?: boolean, isComposing?: boolean}} Stroke */
/** @typedef {{tag: string, type?: string, editable?: boolean, dialog: boolean}} Focus */

/** A box that is ticked takes the space bar only: the digits stay triage. @param {Focus} focus */
function isTyping(focus) {
  return Boolean(focus.editable) || TYPING.includes(focus.tag) || (focus.tag === "INPUT" && focus.type !== "checkbox");
}

/**
 * What a key asks for: "next", "search", "papers", "no_entry", "way", "outcome:<name>" or an action of
 * the window; null when the key is not ours. A key held down is one press.
 * @param {Stroke} stroke @param {Focus} focus
 * @returns {string | null}
 */
export function wishOf(stroke, focus) {
  if (stroke.repeat || stroke.ctrlKey || stroke.altKey || stroke.metaKey || stroke.isComposing) return null;
  if (stroke.key === KEYS.alarm) return ALARM;
  if (focus.dialog || isTyping(focus)) return null;
  if (stroke.key === " ") return ["BUTTON", "A", "SUMMARY", "INPUT"].includes(focus.tag) ? null : "next";
  const outcome = OUTCOMES.find(({ key }) => key === stroke.key);
  if (outcome) return `outcome:${outcome.name}`;
  const key = stroke.key.toUpperCase();
  const ofSheet = Object.entries(SHEET_KEYS).find(([, one]) => one === key);
  return ofSheet ? ofSheet[0] : AT_WINDOW.find((action) => KEYS[/** @type {keyof typeof KEYS} */ (action)] === key) || null;
}
