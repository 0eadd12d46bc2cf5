// @ts-check
/** Samples as a wave file: one channel, 16 bit. */

const HEADER = 44;
const FULL = 32_767;

/** @param {Float32Array} samples @param {number} rate @returns {Uint8Array} */
export function wav(samples, rate) {
  const bytes = new Uint8Array(HEADER + 2 * samples.length);
  const view = new DataView(bytes.buffer);
  const word = (/** @type {number} */ at, /** @type {string} */ text) => bytes.set(new TextEncoder().encode(text), at);
  word(0, "RIFF");
  view.setUint32(4, bytes.length - 8, true);
  word(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, "data");
  view.setUint32(40, 2 * samples.length, true);
  samples.forEach((value, n) => view.setInt16(HEADER + 2 * n, Math.round(FULL * Math.max(-1, Math.min(1, value))), true));
  return bytes;
}
