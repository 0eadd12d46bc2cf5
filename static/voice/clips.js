// @ts-check
/**
 * Which clips of the bank make an announcement: the same as queue_server/voice/bank.py, proved by a table that both
 * are tested with (tests/js/voice-cases.json). Knows keys, no sound.
 */

/** @typedef {{number: string, window: {kind: string, number: number | null}, repeat: boolean, also?: string[]}} Said */
/** @typedef {{key: string, pause_ms: number}} Piece a clip, and the silence before it */
/** @typedef {{has: (key: string) => boolean}} Keys */

/** Milliseconds of silence before a clip, by what it is; after 再次呼叫, and between two tickets of one announcement. */
const PAUSES = { again: 0, letter: 0, call: 0, digit: 30, number: 40, window: 120, zero: 120 };
const OTHER_PAUSE = 30;
const LONG_PAUSE = 260;
const LARGEST_WINDOW = 999;
/** The letters of lines, alone or after the class V or Y, and three to six figures. */
const NUMBER = /^([VY]?[ABCFGHJKLMNPRSTUVWXYZ])([0-9]{3,6})$/;
/** The figures that one number clip says. */
const NUMBER_LENGTH = 3;

/**
 * The clips that say it, half phrases where the bank has them; null where it cannot. Throws for what cannot be said.
 * @param {Said} said @param {string} lang @param {Keys} bank @returns {Piece[] | null}
 */
export function pieces(said, lang, bank) {
  const found = said.repeat ? [piece(`${lang}/again`)] : [];
  for (const number of [said.number, ...(said.also || [])]) found.push(...call(number, lang, bank, found.length ? LONG_PAUSE : 0));
  found.push(piece(`${lang}/${place(said.window)}`));
  return found.every(({ key }) => bank.has(key)) ? found : null;
}

/** @param {string} number @param {string} lang @param {Keys} bank @param {number} pause */
function call(number, lang, bank, pause) {
  const parts = NUMBER.exec(number);
  if (!parts) throw new RangeError(`not a ticket number: ${number}`);
  const [, letters, figures] = parts;
  const whole = `${lang}/call/${letters}${figures}`;
  if (bank.has(whole)) return [{ key: whole, pause_ms: pause }];
  const before = [...figures.slice(0, -NUMBER_LENGTH)].map((figure) => piece(`${lang}/digit/${figure}`));
  return [{ key: `${lang}/letter/${letters}`, pause_ms: pause }, ...before, ...last(figures.slice(-NUMBER_LENGTH), lang, bank)];
}

/** Three figures: in one breath, or a figure and the two last; English says one by one.
 *  @param {string} figures @param {string} lang @param {Keys} bank */
function last(figures, lang, bank) {
  const whole = `${lang}/number/${figures}`;
  if (bank.has(whole)) return [piece(whole)];
  if (lang === "zh") return [piece(`zh/digit/${figures[0]}`), piece(`zh/tail/${figures.slice(1)}`)];
  return [...figures].map((figure, at) => piece(at < figures.length - 1 ? `en/digit/${figure}` : `en/last/${figure}`));
}

/** @param {Said["window"]} window */
function place({ kind, number }) {
  if (number === null && kind === "zero") return "zero";
  if (number === null || !Number.isInteger(number) || number < 0 || number > LARGEST_WINDOW) throw new RangeError(`not a window: ${number}`);
  return kind === "zero" ? `zero/${number}` : `window/${number}`;
}

/** @param {string} key @returns {Piece} */
function piece(key) {
  const [, kind] = key.split("/");
  return { key, pause_ms: PAUSES[kind] ?? OTHER_PAUSE };
}
