// @ts-check
/**
 * The phrases that a hall's bank needs, by kind: the keys of queue_server/voice/bank.py with the words of
 * queue_server/voice/normalise.py. Knows keys and words, no sound.
 */

/** @typedef {"zh" | "en"} Lang */
/** @typedef {{key: string, text: string, lang: Lang}} Phrase */
/** @typedef {{name: string, facts?: Record<string, string>, phrases: Phrase[]}} Kind `name` of its sentence */

const DIGITS = [..."零一二三四五六七八九"];
const DIGITS_EN = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
const TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const CLASSES = ["", "V", "Y"];
const HUNDRED = 100;

/** 105 is 一百零五, 12 is 十二. @param {number} n 0 to 999 @returns {string} */
export function cardinal(n) {
  const unit = (/** @type {number} */ figure) => (figure ? DIGITS[figure] : "");
  if (n < 10) return DIGITS[n];
  if (n < 20) return `十${unit(n % 10)}`;
  if (n < HUNDRED) return `${DIGITS[Math.floor(n / 10)]}十${unit(n % 10)}`;
  const rest = n % HUNDRED;
  const head = `${DIGITS[Math.floor(n / HUNDRED)]}百`;
  if (!rest) return head;
  return head + (rest < 10 ? "零" : "") + (rest >= 10 && rest < 20 ? "一" : "") + cardinal(rest);
}

/** @param {number} n 0 to 999 @returns {string} */
export function cardinalEn(n) {
  if (n < 10) return DIGITS_EN[n];
  if (n < 20) return TEENS[n - 10];
  if (n < HUNDRED) return TENS[Math.floor(n / 10) - 2] + (n % 10 ? ` ${DIGITS_EN[n % 10]}` : "");
  return `${DIGITS_EN[Math.floor(n / HUNDRED)]} hundred${n % HUNDRED ? ` and ${cardinalEn(n % HUNDRED)}` : ""}`;
}

/**
 * What this hall needs, in the order in which it is worth recording. The hundreds are of use on top of figures and tails.
 * @param {any} state the public snapshot @param {Lang} lang @returns {Kind[]}
 */
export function kinds(state, lang) {
  const phrase = (/** @type {string} */ key, /** @type {string} */ text) => ({ key: `${lang}/${key}`, text, lang });
  const kind = (/** @type {string} */ name, /** @type {[string, string][]} */ pairs) => ({ name, phrases: pairs.map(([key, text]) => phrase(key, text)) });
  const figures = lang === "zh" ? DIGITS : DIGITS_EN;
  const found = [
    kind("letters", letters(state, lang)),
    kind("windows", places(state, lang)),
    kind("again", [["again", lang === "zh" ? "再次呼叫" : "calling again"]]),
    kind("digits", figures.map((text, figure) => [`digit/${figure}`, text])),
  ];
  if (lang === "en") return [...found, kind("last", figures.map((text, figure) => [`last/${figure}`, text]))];
  const tails = kind("tails", range(HUNDRED).map((tail) => [`tail/${padded(tail, 2)}`, spelt(padded(tail, 2))]));
  return [...found, tails, ...figures.map((_, hundred) => hundredOf(hundred, phrase))];
}

/** @param {number} hundred @param {(key: string, text: string) => Phrase} phrase @returns {Kind} */
function hundredOf(hundred, phrase) {
  const numbers = range(HUNDRED).map((n) => padded(hundred * HUNDRED + n, 3));
  return { name: "numbers", facts: { from: numbers[0], until: numbers[HUNDRED - 1] }, phrases: numbers.map((n) => phrase(`number/${n}`, spelt(n))) };
}

/** @param {any} state @param {Lang} lang @returns {[string, string][]} */
function letters(state, lang) {
  const said = (/** @type {string} */ name) => (lang === "zh" ? `请${name}` : `ticket ${[...name].join(" ")}`);
  const lines = Object.keys(state.lines).sort();
  return CLASSES.flatMap((one) => lines.map((line) => /** @type {[string, string]} */ ([`letter/${one}${line}`, said(one + line)])));
}

/** Windows by number; the only zero window of a hall has no desk. @param {any} state @param {Lang} lang @returns {[string, string][]} */
function places(state, lang) {
  const windows = Object.values(state.windows).sort((one, other) => one.number - other.number);
  const zero = windows.filter((one) => one.kind === "zero").map((one) => Number(one.number));
  const others = windows.filter((one) => one.kind !== "zero").map((one) => Number(one.number));
  const desks = zero.length > 1 ? unique(zero).map((n) => pair(`zero/${n}`, lang === "zh" ? `到零号窗口${cardinal(n)}号台` : `please go to the zero window, desk ${cardinalEn(n)}`)) : [];
  const alone = zero.length === 1 ? [pair("zero", lang === "zh" ? "到零号窗口" : "please go to the zero window")] : [];
  return [...unique(others).map((n) => pair(`window/${n}`, lang === "zh" ? `到${cardinal(n)}号窗口` : `please go to window ${cardinalEn(n)}`)), ...alone, ...desks];
}

/** @param {string} key @param {string} text @returns {[string, string]} */
const pair = (key, text) => [key, text];
/** @param {number[]} numbers */
const unique = (numbers) => [...new Set(numbers)];
/** @param {number} length */
const range = (length) => Array.from({ length }, (_, n) => n);
/** @param {number} n @param {number} length */
const padded = (n, length) => String(n).padStart(length, "0");
/** @param {string} figures */
const spelt = (figures) => `${[...figures].map((figure) => DIGITS[Number(figure)]).join("")}号`;
