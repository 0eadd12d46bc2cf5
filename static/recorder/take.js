// @ts-check
/** One take of a phrase: what is wrong with it, and the clip that it makes. Samples are floats from -1 to 1. */

export const RATE = 24_000;
/** Windows in which loudness is looked at, in ms. */
const FRAME_MS = 10;
/** Silence that is kept before and after the voice, and the fade at both ends, in ms. */
const BEFORE_MS = 15;
const AFTER_MS = 40;
const FADE_MS = 5;
/** A frame is voice from here on, of full scale; or from this share of the loudest frame where that is more. */
const FLOOR = 0.004;
const VOICE_SHARE = 0.04;
/** The loudest frame of what is no silence, and of what is loud enough to be made as loud as the others. */
const HEARD = 0.01;
const LOUD_ENOUGH = 0.04;
/** Samples of full scale, and how many of them are too many. */
const FULL = 0.99;
const FULL_SAMPLES = 4;
/** Shorter or longer no phrase of a call is, in ms. */
const SHORTEST_MS = 150;
const LONGEST_MS = 5000;
/** The bank's loudness over its loud parts, and its greatest sample (docs/voice.md, The bank). */
const RMS = 0.12;
const PEAK = 0.89;
const LOUD_SHARE = 0.25;

/** @typedef {"silent" | "quiet" | "clipped" | "cut_start" | "cut_end" | "short" | "long"} Problem */

/**
 * The clip of a take, or why it must be said again.
 * @param {Float32Array} samples at 24 kHz @returns {{problem: Problem} | {problem: null, samples: Float32Array, ms: number}}
 */
export function judged(samples) {
  const loudness = frames(samples);
  const span = voiceOf(loudness);
  const problem = problemOf(samples, loudness, span);
  if (problem) return { problem };
  const clip = faded(levelled(trimmed(samples, span)));
  return { problem: null, samples: clip, ms: Math.round((1000 * clip.length) / RATE) };
}

/** RMS of each frame. @param {Float32Array} samples */
export function frames(samples, rate = RATE) {
  const length = Math.round((rate * FRAME_MS) / 1000);
  return Array.from({ length: Math.floor(samples.length / length) }, (_, n) => rms(samples.subarray(n * length, (n + 1) * length)));
}

/** First and last frame of the voice. @param {number[]} loudness */
export function voiceOf(loudness) {
  const least = Math.max(FLOOR, VOICE_SHARE * most(loudness));
  return { first: loudness.findIndex((one) => one >= least), last: loudness.findLastIndex((one) => one >= least) };
}

/** @param {Float32Array} samples @param {{first: number, last: number}} span frames */
export function trimmed(samples, { first, last }) {
  const at = (/** @type {number} */ ms) => Math.round((RATE * ms) / 1000);
  return samples.slice(Math.max(0, at(first * FRAME_MS - BEFORE_MS)), at((last + 1) * FRAME_MS + AFTER_MS));
}

/** @param {Float32Array} samples @param {number[]} loudness @param {{first: number, last: number}} span @returns {Problem | null} */
function problemOf(samples, loudness, { first, last }) {
  const loudest = most(loudness);
  const ms = (last - first + 1) * FRAME_MS;
  if (loudest < HEARD) return "silent";
  if (samples.reduce((full, value) => full + (Math.abs(value) >= FULL ? 1 : 0), 0) >= FULL_SAMPLES) return "clipped";
  if (loudest < LOUD_ENOUGH) return "quiet";
  if (first * FRAME_MS < BEFORE_MS) return "cut_start";
  if ((loudness.length - 1 - last) * FRAME_MS < AFTER_MS) return "cut_end";
  if (ms < SHORTEST_MS) return "short";
  return ms > LONGEST_MS ? "long" : null;
}

/** As loud as the bank's clips, without clipping. @param {Float32Array} samples */
function levelled(samples) {
  const loudness = frames(samples);
  const loud = loudness.filter((one) => one >= LOUD_SHARE * most(loudness));
  const now = Math.sqrt(loud.reduce((sum, one) => sum + one * one, 0) / loud.length);
  const peak = samples.reduce((found, value) => Math.max(found, Math.abs(value)), 0);
  const gain = Math.min(RMS / now, PEAK / peak);
  return samples.map((value) => value * gain);
}

/** @param {Float32Array} samples */
function faded(samples) {
  const length = Math.min((RATE * FADE_MS) / 1000, Math.floor(samples.length / 2));
  return samples.map((value, n) => value * Math.min(1, n / length, (samples.length - 1 - n) / length));
}

/** @param {number[]} values */
const most = (values) => values.reduce((found, one) => Math.max(found, one), 0);
/** @param {Float32Array} samples */
const rms = (samples) => Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
