// @ts-check
/** The two struck notes before a call, by the figures of queue_server/voice/chime.py: the same samples, proved by the table. */

/** @typedef {"long" | "short"} Form */

/** Milliseconds, with the silence before the voice. */
export const LASTS_MS = { long: 1000, short: 300 };
/** Each note: hertz, and when it is struck in ms. A falling third. */
const NOTES = { long: [[659.26, 0], [523.25, 350]], short: [[659.26, 0]] };
const LEVEL = 0.3;
/** A struck note is half as loud after so many seconds; it begins within 5 ms, and the end fades within 50. */
const HALVES_S = { long: 0.12, short: 0.05 };
const ATTACK_S = 0.005;
const FADE_S = 0.05;
/** Partials with their share, as of a small bell. */
const PARTIALS = [[1, 0.75], [2, 0.2], [3, 0.05]];

/** @param {Form} form @param {number} rate samples a second @returns {Float32Array} from -1 to 1 */
export function chime(form, rate) {
  const joined = new Float32Array(Math.floor((rate * LASTS_MS[form]) / 1000));
  for (const [hertz, begins] of NOTES[form]) strike(joined, Math.floor((rate * begins) / 1000), hertz, HALVES_S[form], rate);
  const fading = Math.floor(rate * FADE_S);
  for (let place = 1; place <= fading; place += 1) joined[joined.length - place] *= place / fading;
  return joined.map((value) => value * LEVEL);
}

/** @param {Float32Array} into @param {number} from @param {number} hertz @param {number} halves @param {number} rate */
function strike(into, from, hertz, halves, rate) {
  const rising = Math.floor(rate * ATTACK_S);
  for (const [number, share] of PARTIALS) {
    const angle = (2 * Math.PI * hertz * number) / rate;
    const fall = -Math.LN2 / halves / rate;
    for (let place = 0; from + place < into.length; place += 1) {
      into[from + place] += share * Math.exp(fall * place) * Math.sin(angle * place) * Math.min(1, place / rising);
    }
  }
}
