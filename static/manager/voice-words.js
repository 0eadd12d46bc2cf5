// @ts-check
/** Quiet hours, volumes and languages of a zone as a manager writes them. */

const SPAN = /^(\d{1,2}:\d\d)\s*[-–—~至]\s*(\d{1,2}:\d\d)$/;
const STEP = /^(\d{1,2}:\d\d)\s+(\d{1,3})\s*[%％]?$/;
const LATEST = "23:59";

/**
 * @template T
 * @typedef {{value: T[], wrong: string | null}} Read `wrong`: what is not understood
 */

/** @param {string[][]} spans */
export function spansText(spans) {
  return (spans || []).map(([from, until]) => `${from}-${until}`).join(", ");
}

/** @param {[string, number][]} steps */
export function stepsText(steps) {
  return (steps || []).map(([from, volume]) => `${from} ${Math.round(volume * 100)}%`).join(", ");
}

/** "12:00-13:30, 20:00-7:00" @param {string} text @returns {Read<string[]>} */
export function readSpans(text) {
  return each(text, SPAN, ([from, until]) => {
    const span = [time(from), time(until)];
    return span.every(Boolean) && span[0] !== span[1] ? /** @type {string[]} */ (span) : null;
  });
}

/** "08:00 80%, 17:00 50%" @param {string} text @returns {Read<(string | number)[]>} */
export function readSteps(text) {
  return each(text, STEP, ([from, percent]) => {
    const at = time(from);
    return at && Number(percent) <= 100 ? [at, Number(percent) / 100] : null;
  });
}

/**
 * @template T
 * @param {string} text @param {RegExp} form @param {(found: string[]) => T | null} read
 * @returns {Read<T>}
 */
function each(text, form, read) {
  /** @type {T[]} */
  const value = [];
  for (const part of text.split(/[,，;；、]/).map((one) => one.trim().replaceAll("：", ":")).filter(Boolean)) {
    const found = form.exec(part);
    const one = found && read(found.slice(1));
    if (!one) return { value: [], wrong: part };
    value.push(one);
  }
  return { value, wrong: null };
}

/** "7:05" as "07:05"; null where there is no such time. @param {string} text */
function time(text) {
  const full = text.padStart(5, "0");
  return full <= LATEST && full.slice(3) < "60" ? full : null;
}

/** What a zone may be spoken in, in turn, by name. @type {Record<string, string[]>} */
export const LANGUAGES = Object.freeze({ zh: ["zh"], zh_en: ["zh", "en"], en_zh: ["en", "zh"], en: ["en"] });

/** @param {string[]} languages */
export function languagesName(languages) {
  return (languages || []).join("_") || "zh_en";
}

/** Screens that ask for a look come first. @param {any[]} devices */
export function byNeed(devices) {
  const rank = (/** @type {any} */ one) => ["silent", "stale", "live"].indexOf(one.state);
  return [...devices].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

/** The ways to a window that a sign may show. */
export const DIRECTIONS = ["left", "right", "ahead", "up", "down"];

/** Where a window is heard that names no zone. */
const DEFAULT_ZONE = "hall";

/** @typedef {{window: string, zone: string, direction: string, place: string, place_en: string}} Place empty: nothing said */

/** Where a window is, for a form. @param {any} window @returns {Place} */
export function placeOf(window) {
  const { code = "", zone, direction, place, place_en } = window || {};
  return { window: code, zone: zone || DEFAULT_ZONE, direction: direction || "", place: place || "", place_en: place_en || "" };
}

/** What the form says, for the order: an empty field takes away what was there. @param {Place} form */
export function placeTold({ zone, direction, place, place_en }) {
  const given = (/** @type {string} */ text) => text.trim() || null;
  return { zone, direction: given(direction), place: given(place), place_en: given(place_en) };
}
