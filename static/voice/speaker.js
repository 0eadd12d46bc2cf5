// @ts-check
/** Speaks one call: render, claim, sound, tell. Never claims what it could not sound (display_client/speaker.py). */
import { each, together } from "./calls.js";
import { pieces } from "./clips.js";
import { assemble, phrase } from "./wave.js";

/** Pause before a call is tried again that is another's just now, and for which an order is repeated, in ms. */
const AGAIN = 1500;
const PATIENCE = 30_000;
/** Refusals after which the call stays in the queue: its turn, or this page's, may come. */
const NOT_OURS = new Set(["not_announcer", "not_your_zone", "device_mute"]);
/** A clip's length may differ from the manifest's by the rounding of both, in ms. */
const TOLERANCE = 12;
/** Calls whose clips turned out to be broken; older ones are settled long since. */
const BROKEN_KEPT = 50;

/**
 * @typedef {import("./calls.js").Call} Call @typedef {import("./calls.js").Turn} Turn
 * @typedef {{has: (key: string) => boolean, ms: (key: string) => number, data: (key: string) => Promise<ArrayBuffer>}} Clips
 * @typedef {{word: string, decode: (data: ArrayBuffer) => Promise<Float32Array>, play: (samples: Float32Array) => Promise<void>}} Loudspeaker
 * @typedef {(seq: number, what: string, body: Record<string, any>, key: string, patience: number) => Promise<{status: number, body: any}>} Ordering
 * @typedef {"spoken" | "skipped" | "left" | "failed"} Outcome
 */

export class Speaker {
  /** @type {Clips | null} */ bank = null;
  /** @type {number[]} */ #broken = [];
  #queue;
  #sound;
  #order;
  #now;
  #rate;

  /** @param {{queue: import("./calls.js").CallQueue, sound: Loudspeaker, order: Ordering, now: () => number, rate: number}} parts */
  constructor({ queue, sound, order, now, rate }) {
    this.#queue = queue;
    this.#sound = sound;
    this.#order = order;
    this.#now = now;
    this.#rate = rate;
  }

  /** Whether this call can be heard from here, at least in its first language. @param {Call} call @param {string[]} langs */
  canSay(call, langs) {
    return this.#sound.word === "ok" && !this.#broken.includes(call.seq) && this.#covers(call, langs[0]);
  }

  /** @param {Call} call @param {string} lang */
  #covers(call, lang) {
    try {
      return this.bank !== null && pieces(wordsOf(call), lang, this.bank) !== null;
    } catch {
      return false; // a number or a window that cannot be said
    }
  }

  /** From its words to the last order; whatever goes wrong ends here. @param {Turn} turn @returns {Promise<Outcome>} */
  async speak(turn) {
    const call = this.#wanted(turn.call);
    if (!call) return "skipped";
    if (!this.canSay(call, turn.script.langs)) return this.#failed(call, this.#sound.word === "ok" ? "render" : "device");
    return turn.held ? this.#speakOwn(call, turn) : this.#speakFound(call, turn);
  }

  /** Our zone: the clips are there before the call is claimed. @param {Call} call @param {Turn} turn @returns {Promise<Outcome>} */
  async #speakOwn(call, turn) {
    let wave = await this.#rendered(call, turn);
    if (!wave) return this.#leave(call);
    const wanted = this.#wanted(call);
    const claimed = wanted && (await this.#claimed(wanted));
    if (!claimed) return "left";
    // One of several was taken or withdrawn: it must not be said.
    if (each(claimed).length !== each(call).length) wave = await this.#rendered(claimed, turn);
    return wave ? this.#sounded(claimed, wave) : this.#failed(claimed, "render");
  }

  /** Nobody's call, or one that its announcer leaves alone: nothing is rendered for it in vain.
   *  @param {Call} call @param {Turn} turn @returns {Promise<Outcome>} */
  async #speakFound(call, turn) {
    const claimed = await this.#claimed(call);
    if (!claimed) return "left";
    const wave = await this.#rendered(claimed, turn);
    return wave ? this.#sounded(claimed, wave) : this.#failed(claimed, "render");
  }

  /** @param {Call} call @param {Float32Array} wave @returns {Promise<Outcome>} */
  async #sounded(call, wave) {
    try {
      await this.#sound.play(wave);
    } catch {
      return this.#failed(call, "player");
    }
    for (const one of each(call)) await this.#give(one, "ends", {});
    return "spoken";
  }

  /** Its clips are broken: others have time for it, and if nobody comes this page says that it cannot.
   *  @param {Call} call @returns {Outcome} */
  #leave(call) {
    this.#broken = [...this.#broken, ...each(call).map((one) => one.seq)].slice(-BROKEN_KEPT);
    this.#queue.putBack(call, this.#now());
    return "left";
  }

  /** Null where it cannot be had. Languages that the bank lacks are left out. @param {Call} call @param {Turn} turn */
  async #rendered(call, { script }) {
    const bank = /** @type {Clips} */ (this.bank);
    const langs = script.langs.filter((lang) => this.#covers(call, lang));
    try {
      /** @type {Record<string, Float32Array>} */
      const phrases = {};
      for (const lang of new Set(langs)) phrases[lang] = await this.#phrase(pieces(wordsOf(call), lang, bank) || [], bank);
      return assemble({ ...script, langs }, phrases, this.#rate);
    } catch (error) {
      console.error(`${call.number} cannot be said: ${error}`);
      return null;
    }
  }

  /** @param {import("./clips.js").Piece[]} found @param {Clips} bank */
  async #phrase(found, bank) {
    const keys = [...new Set(found.map(({ key }) => key))];
    const clips = await Promise.all(keys.map(async (key) => {
      const samples = await this.#sound.decode(await bank.data(key));
      const ms = (1000 * samples.length) / this.#rate;
      if (Math.abs(ms - bank.ms(key)) > TOLERANCE) throw new Error(`${key} lasts ${ms} ms, not ${bank.ms(key)}`);
      return /** @type {[string, Float32Array]} */ ([key, samples]);
    }));
    return phrase(found, new Map(clips), this.#rate);
  }

  /** What is left of it that nobody has spoken or withdrawn. @param {Call} call */
  #wanted(call) {
    const left = each(call).filter((one) => this.#queue.stillWanted(one));
    return left.length ? together(left) : null;
  }

  /** What the server lets this page say of it. @param {Call} call */
  async #claimed(call) {
    const ours = [];
    for (const one of each(call)) if (await this.#give(one, "starts", {})) ours.push(one);
    return ours.length ? together(ours) : null;
  }

  /** @param {Call} call @param {string} reason @returns {Promise<Outcome>} */
  async #failed(call, reason) {
    for (const one of each(call)) await this.#give(one, "failures", { reason });
    return "failed";
  }

  /** True when it is done. Without the server's answer to a claim nothing sounds.
   *  @param {Call} call @param {string} what @param {Record<string, any>} body */
  async #give(call, what, body) {
    const { status, body: answer } = await this.#order(call.seq, what, body, `${call.key}-${what}`, PATIENCE);
    if (status >= 200 && status < 300) return true;
    if (what === "starts" && (status === 0 || status === 429 || status >= 500 || NOT_OURS.has(answer.error))) {
      this.#queue.putBack({ ...call, also: [] }, this.#now() + AGAIN);
    }
    return false;
  }
}

/** @param {Call} call @returns {import("./clips.js").Said} */
const wordsOf = (call) => ({ number: call.number, window: call.window, repeat: call.repeat, also: call.also.map((one) => one.number) });
