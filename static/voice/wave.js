// @ts-check
/** One wave for a whole announcement, as queue_server/voice/assembly.py makes it. Samples are floats from -1 to 1. */
import { chime } from "./chime.js";

/** Silence between two phrases, in ms. */
const GAP_MS = 350;
/** Below this share of its volume nobody hears an announcement. */
const LEAST_PEAK = 0.2;

/** The clips of one phrase with their pauses. @param {import("./clips.js").Piece[]} pieces @param {Map<string, Float32Array>} clips @param {number} rate */
export function phrase(pieces, clips, rate) {
  return joined(pieces.flatMap(({ key, pause_ms }) => [silence(pause_ms, rate), /** @type {Float32Array} */ (clips.get(key))]));
}

/**
 * Throws when it would be silent.
 * @param {import("./saying.js").Script} script @param {Record<string, Float32Array>} phrases by language @param {number} rate
 */
export function assemble(script, phrases, rate) {
  const said = script.langs.flatMap((lang, turn) => [silence(turn ? GAP_MS : 0, rate), phrases[lang]]);
  const whole = joined(script.chime ? [chime(script.chime, rate), ...said] : said).map((value) => value * script.gain);
  const peak = whole.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (peak < script.gain * LEAST_PEAK) throw new Error(`silent: peak ${peak}`);
  return whole;
}

/** @param {number} ms @param {number} rate */
const silence = (ms, rate) => new Float32Array(Math.floor((rate * ms) / 1000));

/** @param {Float32Array[]} parts */
function joined(parts) {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
