// @ts-check
/** Sentences in the reader's language. They live in static/i18n/<language>/<part>.json, flat. */

/** Chinese comes first: it is what a hall shows when nobody chose. */
export const LANGUAGES = ["zh-CN", "en"];
const REMEMBERED = "window-zero.language";

/**
 * @typedef {Record<string, any>} Facts
 * @typedef {(key: string, facts?: Facts) => string} Translate
 */

/** @type {Record<string, string>} */
let words = {};
/** @type {string | undefined} */
let chosen;

/** The language in use: `?lang=` wins, then what this device remembers, then Chinese. */
export function language() {
  if (!chosen) chosen = [asked(), remembered()].find((lang) => LANGUAGES.includes(lang)) || LANGUAGES[0];
  return chosen;
}

/** The language of a device that many people use: what its address says, whatever the last one chose. */
export function houseLanguage() {
  return LANGUAGES.includes(asked()) ? asked() : LANGUAGES[0];
}

/** Remember a choice; the caller then loads it. @param {string} lang */
export function setLanguage(lang) {
  chosen = LANGUAGES.includes(lang) ? lang : LANGUAGES[0];
  try {
    localStorage.setItem(REMEMBERED, chosen);
  } catch { /* storage may be switched off; the choice then lasts as long as the page */ }
}

/**
 * Load sentences and make them the ones that `t` uses.
 * @param {string} lang
 * @param {string[]} parts file names without `.json`; `common` is always there
 */
export async function loadLanguage(lang, parts) {
  words = await sentences(lang, parts);
  chosen = lang;
  if (typeof document !== "undefined") document.documentElement.lang = lang;
}

/**
 * A translator for one language, for a page that shows two.
 * @param {string} lang @param {string[]} parts @returns {Promise<Translate>}
 */
export async function translator(lang, parts) {
  const own = await sentences(lang, parts);
  return (key, facts) => fill(own, key, facts);
}

/** The sentence of a key in the loaded language. @type {Translate} */
export function t(key, facts) {
  return fill(words, key, facts);
}

/**
 * What a refusal says to the person.
 * @param {{error: string, facts?: Facts}} refusal
 * @param {Translate} [translate]
 */
export function refusalText({ error, facts }, translate = t) {
  const key = `error.${error}`;
  const text = translate(key, facts);
  return text === key ? translate("error.unknown", { code: error }) : text;
}

/**
 * `{name}` is a fact, empty when it is absent; `{n|person|people}` takes the first word when the
 * fact is 1, else the second. A missing key shows itself, so that somebody notices.
 * @param {Record<string, string>} dictionary @param {string} key @param {Facts} [facts]
 */
export function fill(dictionary, key, facts = {}) {
  const sentence = dictionary[key];
  if (sentence === undefined) return key;
  return sentence.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name, one, many) => {
    if (one !== undefined) return Number(facts[name]) === 1 ? one : many;
    return facts[name] === undefined || facts[name] === null ? "" : String(facts[name]);
  });
}

/** @param {string} lang @param {string[]} parts */
async function sentences(lang, parts) {
  const names = [...new Set(["common", ...parts])];
  return Object.assign({}, ...(await Promise.all(names.map((part) => file(lang, part)))));
}

/** @param {string} lang @param {string} part */
async function file(lang, part) {
  const answer = await fetch(new URL(`../i18n/${lang}/${part}.json`, import.meta.url));
  if (!answer.ok) throw new Error(`i18n ${lang}/${part}: ${answer.status}`);
  return answer.json();
}

/** `?lang=zh-CN,en` names two; the first is the page's own. */
function asked() {
  return new URLSearchParams(globalThis.location ? location.search : "").get("lang")?.split(",")[0] || "";
}

function remembered() {
  try {
    return localStorage.getItem(REMEMBERED) || "";
  } catch {
    return ""; // storage is switched off on some terminals
  }
}
