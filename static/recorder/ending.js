// @ts-check
/** When a phrase is over: somebody has spoken and is silent again. The take's own rules judge it afterwards. */

const SILENCE_MS = 700;
const LONGEST_MS = 8000;
const HEARD = 0.02;
/** Silence is what stays below this share of the loudest. */
const SHARE = 0.1;

export class Ending {
  #loudest = 0;
  #silentMs = 0;
  #ms = 0;

  /** Whether it is over now. @param {number} loudness RMS of the latest samples @param {number} ms how long they last */
  heard(loudness, ms) {
    this.#loudest = Math.max(this.#loudest, loudness);
    this.#silentMs = loudness < SHARE * this.#loudest ? this.#silentMs + ms : 0;
    this.#ms += ms;
    return this.#ms >= LONGEST_MS || (this.#loudest >= HEARD && this.#silentMs >= SILENCE_MS);
  }
}
