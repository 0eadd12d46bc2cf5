// @ts-check
/** The microphone and the loudspeaker of the page. A microphone is open only while somebody is recorded. */
import { Ending } from "./ending.js";
import { frames, RATE } from "./take.js";
import { wav } from "./wav.js";

/** As it was said: whatever a browser does for a telephone would change the voice. */
const WANTED = { audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false } };

/** Browsers lend a microphone to pages from https or from the machine itself only. */
export const mayRecord = () => Boolean(globalThis.isSecureContext && navigator.mediaDevices && crypto.subtle);

/**
 * Record until it is over, or `stop` is called. Throws what getUserMedia throws.
 * @param {(loudness: number) => void} onLoudness
 * @returns {Promise<{stop: () => void, samples: Promise<Float32Array>}>}
 */
export async function record(onLoudness) {
  const stream = await navigator.mediaDevices.getUserMedia(WANTED);
  const context = new AudioContext();
  const close = () => {
    for (const track of stream.getTracks()) track.stop();
    context.close();
  };
  try {
    await context.audioWorklet.addModule(new URL("capture.js", import.meta.url));
    const { stop, blocks } = listened(context, stream, onLoudness);
    return { stop, samples: blocks.finally(close).then((found) => resampled(joined(found), context.sampleRate)) };
  } catch (error) {
    close();
    throw error;
  }
}

/** @param {AudioContext} context @param {MediaStream} stream @param {(loudness: number) => void} onLoudness */
function listened(context, stream, onLoudness) {
  const capture = new AudioWorkletNode(context, "capture", { numberOfOutputs: 0, channelCount: 1, channelCountMode: "explicit" });
  const ending = new Ending();
  /** @type {Float32Array[]} */
  const blocks = [];
  let stop = () => {};
  /** @type {Promise<Float32Array[]>} */
  const over = new Promise((resolve) => { stop = () => resolve(blocks); });
  capture.port.onmessage = ({ data }) => {
    blocks.push(data);
    const loudness = Math.max(...frames(data, context.sampleRate));
    onLoudness(loudness);
    if (ending.heard(loudness, (1000 * data.length) / context.sampleRate)) stop();
  };
  for (const track of stream.getTracks()) track.onended = stop; // the microphone was pulled out
  context.createMediaStreamSource(stream).connect(capture);
  return { stop, blocks: over };
}

/** The browser's decoder resamples properly, an AudioBufferSourceNode does not. @param {Float32Array} samples @param {number} rate */
async function resampled(samples, rate) {
  if (!samples.length) return samples; // stopped before anything came
  const file = /** @type {ArrayBuffer} */ (wav(samples, rate).buffer);
  const decoded = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(file);
  return decoded.getChannelData(0);
}

/** @param {Float32Array[]} blocks */
function joined(blocks) {
  const whole = new Float32Array(blocks.reduce((length, block) => length + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    whole.set(block, at);
    at += block.length;
  }
  return whole;
}

/** Sound a clip once. @param {Uint8Array} clip */
export async function play(clip) {
  const context = new AudioContext({ sampleRate: RATE });
  const source = context.createBufferSource();
  source.buffer = await context.decodeAudioData(/** @type {ArrayBuffer} */ (clip.slice().buffer));
  source.connect(context.destination);
  source.onended = () => context.close();
  source.start();
}
