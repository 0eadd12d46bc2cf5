// @ts-check
/**
 * What can come of a consultation, its key, and what it needs besides one press.
 *
 * @typedef {import("./sheet.js").Sheet} Sheet
 * @typedef {import("./sheet.js").Known} Known
 */
import { countMissing, linesOf } from "./sheet.js";

/** In the order of the buttons. Digits: the letters belong to the window. */
export const OUTCOMES = Object.freeze([
  { name: "answered", key: "1" },
  { name: "guide", key: "2" },
  { name: "online", key: "3" },
  { name: "ready", key: "4" },
  { name: "notice", key: "5" },
  { name: "escort", key: "6" },
  { name: "nearby", key: "7" },
  { name: "booking", key: "8" },
  { name: "blocked", key: "9" },
  { name: "complaint", key: "0" },
  { name: "not_ours", key: "-" },
]);

/** The floor has no window at which a case is taken up: that is the zero window's. */
export const FLOOR_OUTCOMES = OUTCOMES.filter(({ name }) => name !== "blocked");

/** With these the person goes on to another line. */
const HANDED_ON = ["ready", "escort"];

/** @param {string} outcome */
export function isHandedOn(outcome) {
  return HANDED_ON.includes(outcome);
}

/**
 * Whether something has to be asked first: a line nobody can guess, papers nobody has seen, minutes
 * until the person is back, whose the case is.
 * @param {string} outcome @param {Sheet} sheet @param {Known} known
 * @param {Record<string, {open: boolean}>} lines
 * @param {boolean} [floor] among those who wait: nobody is set aside, so nobody is asked for minutes
 */
export function asks(outcome, sheet, known, lines, floor = false) {
  if (outcome === "blocked") return true;
  if (outcome === "notice") return !floor;
  if (!isHandedOn(outcome)) return false;
  const wanted = linesOf(sheet, known);
  const clear = wanted.length > 0 && wanted.every((letter) => lines[letter] && lines[letter].open);
  return !clear || (outcome === "ready" && countMissing(sheet, known) > 0);
}

/** Why it cannot be chosen now, as a key of a sentence; null when it can. @param {string} outcome @param {Sheet} sheet @param {Known} known */
export function obstacle(outcome, sheet, known) {
  return outcome === "notice" && countMissing(sheet, known) === 0 ? "zero.nothing_missing" : null;
}

/**
 * What the large button offers: what the sheet says by itself.
 * @param {Sheet} sheet @param {Known} known
 */
export function likely(sheet, known) {
  if (sheet.entries.length === 0) return "answered";
  return countMissing(sheet, known) > 0 ? "notice" : "ready";
}
