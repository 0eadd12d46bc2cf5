// @ts-check
/** The page's loudspeaker, and whether it can be heard, as far as a browser knows: the word of the sign of life. */

export const RATE = 24_000;
/** How often the list of devices is looked at, in ms. */
const LOOK_EVERY = 10_000;
/** After an announcement broke off, how long until the loudspeaker is believed again; doubled each time in a row, in ms. */
const DISTRUST = 10_000;
const LONGEST_DISTRUST = 300_000;
/** Longer than its samples an announcement may not take, in ms; shorter it was not heard, in s. */
const LATE = 3000;
const EARLY_S = 0.1;
/** What wakes a loudspeaker that the browser holds back until somebody touches the page. */
const TOUCHES = ["pointerdown", "keydown"];

/** @typedef {"ok" | "none" | "muted" | "failed"} Word */

/** It broke off, or never began. */
export class PlayFailed extends Error {}

export class Sound {
  /** @type {AudioContext | null} */ #context = null;
  #onChange;
  #there = true;
  #lookedAt = -Infinity;
  #failures = 0;
  #failedAt = 0;

  /** @param {() => void} onChange */
  constructor(onChange) {
    this.#onChange = onChange;
    try {
      this.#context = new AudioContext({ sampleRate: RATE, latencyHint: "playback" });
      this.#context.addEventListener("statechange", onChange);
      for (const touch of TOUCHES) addEventListener(touch, () => this.wake());
      this.wake();
    } catch { /* a browser without sound, or without a device: the word is none */ }
  }

  /** @returns {Word} */
  get word() {
    if (!this.#context || !this.#there) return "none";
    if (this.#context.state !== "running") return "muted";
    return this.#failures && performance.now() - this.#failedAt < this.#distrusted() ? "failed" : "ok";
  }

  #distrusted() { return Math.min(DISTRUST * 2 ** (this.#failures - 1), LONGEST_DISTRUST); }

  /** Begin to sound, if the browser lets us; without a touch it may not, and does not answer either. */
  wake() {
    if (this.#context && this.#context.state !== "running") this.#context.resume().catch(() => {});
  }

  /** Whether there is a device to sound from; a browser tells that to pages from https and this machine only. */
  async look() {
    const now = performance.now();
    if (now - this.#lookedAt < LOOK_EVERY || !navigator.mediaDevices) return;
    this.#lookedAt = now;
    const devices = await navigator.mediaDevices.enumerateDevices().catch(() => null);
    const there = !devices || devices.some(({ kind }) => kind === "audiooutput");
    const changed = there !== this.#there;
    this.#there = there;
    if (changed) this.#onChange();
  }

  /** @param {ArrayBuffer} data a clip @returns {Promise<Float32Array>} */
  async decode(data) {
    const buffer = await /** @type {AudioContext} */ (this.#context).decodeAudioData(data);
    if (buffer.numberOfChannels !== 1) throw new Error(`${buffer.numberOfChannels} channels`);
    return buffer.getChannelData(0);
  }

  /** Sound it once, to its end. Throws PlayFailed; what comes of it is remembered. @param {Float32Array} samples */
  async play(samples) {
    try {
      await this.#sounded(/** @type {AudioContext} */ (this.#context), samples);
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      this.#failedAt = performance.now();
      throw new PlayFailed(String(error));
    } finally {
      this.#onChange();
    }
  }

  /** @param {AudioContext} context @param {Float32Array} samples @returns {Promise<void>} */
  #sounded(context, samples) {
    const source = sourceOf(context, samples);
    const lasts = samples.length / RATE;
    const began = context.currentTime;
    return new Promise((resolve, reject) => {
      const over = (/** @type {string} */ trouble) => {
        clearTimeout(timer);
        context.removeEventListener("statechange", changed);
        source.onended = null;
        if (!trouble) return resolve();
        source.stop();
        return reject(new Error(trouble));
      };
      const changed = () => context.state !== "running" && over(`the browser's sound is ${context.state}`);
      const timer = setTimeout(() => over("it did not end"), 1000 * lasts + LATE);
      context.addEventListener("statechange", changed);
      source.onended = () => over(context.currentTime - began < lasts - EARLY_S ? "it ended early" : "");
      source.start();
      changed();
    });
  }
}

/** @param {AudioContext} context @param {Float32Array} samples */
function sourceOf(context, samples) {
  const buffer = context.createBuffer(1, samples.length, RATE);
  buffer.copyToChannel(samples, 0);
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  return source;
}
