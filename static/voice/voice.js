// @ts-check
/**
 * The voice of a screen's page: speaks calls through the browser where no box with a loudspeaker does. Loaded only by
 * pages whose address asks for it (`?sound=1`).
 */
import { language, translator } from "../lib/i18n.js";
import { getJSON, order } from "../lib/orders.js";
import { Bank } from "./bank.js";
import { CallQueue } from "./calls.js";
import { Hint } from "./hint.js";
import { Keeper } from "./keeper.js";
import { RATE, Sound } from "./sound.js";
import { Speaker } from "./speaker.js";

/** How often the page looks for a call whose turn has come, and for a bank where there was none, in ms. */
const LOOK_EVERY = 250;
const BANK_EVERY = 60_000;

/** @param {{hall: string, device: any, onChange: () => void}} page `onChange`: the word of the sign of life is another one */
export async function startVoice(page) {
  const say = await translator(language(), ["sound"]);
  return new Voice(page, say);
}

class Voice {
  #page;
  #hint;
  #sound = new Sound(() => this.#changed());
  #queue = new CallQueue((call, langs) => this.#speaker.canSay(call, langs));
  #speaker = new Speaker({ queue: this.#queue, sound: this.#sound, order: (...asked) => this.#order(...asked), now: () => this.#now(), rate: RATE });
  #keeper = new Keeper(this.#queue, { whoAmI, askFor: (zone) => this.#askFor(zone) });
  /** Hall time at the last news, and when that was. */ #told = { now: 0, at: 0, connected: false };
  #bankAt = -Infinity;
  #word = "";
  #busy = false;
  /** @type {(() => void)[]} */ #then = [];

  /** @param {{hall: string, device: any, onChange: () => void}} page @param {import("../lib/i18n.js").Translate} say */
  constructor(page, say) {
    this.#page = page;
    this.#hint = new Hint(say, () => this.#sound.wake());
    setInterval(() => this.#look(), LOOK_EVERY);
  }

  /** For the sign of life. Without a bank, or to a hall that does not know this page, nothing can be said. */
  get word() { return this.#page.device && this.#speaker.bank ? this.#sound.word : "none"; }

  /** The hall's news. @param {import("../lib/reduce.js").HallState} state @param {import("../lib/news.js").Meta} meta */
  update(state, meta) {
    this.#told = { now: meta.now.getTime(), at: performance.now(), connected: meta.connected };
    if (meta.stale) this.#queue.forget();
    else if (meta.synced) this.#queue.update(state, meta.epoch, this.#told.now);
  }

  /** Do it when nothing sounds: a page that goes away in the middle of a call has not spoken it. @param {() => void} then */
  whenSilent(then) {
    if (this.#busy) this.#then.push(then);
    else then();
  }

  async #look() {
    this.#changed();
    if (this.#busy) return;
    this.#busy = true;
    try {
      await this.#round();
    } finally {
      this.#busy = false;
      for (const then of this.#then.splice(0)) then();
    }
  }

  async #round() {
    const at = performance.now();
    if (!this.#speaker.bank && at - this.#bankAt >= BANK_EVERY) {
      this.#bankAt = at;
      this.#speaker.bank = await Bank.open();
    }
    await this.#sound.look();
    await this.#keeper.lookAfter({ at, connected: this.#told.connected && Boolean(this.#page.device), audible: this.word === "ok" });
    const turn = this.#queue.me.id ? this.#queue.take(this.#now()) : null;
    if (turn) await this.#speaker.speak(turn);
  }

  #changed() {
    const { word } = this;
    if (word === this.#word) return;
    this.#word = word;
    this.#hint.show(this.#trouble(word));
    this.#page.onChange();
  }

  /** @param {string} word */
  #trouble(word) {
    if (!this.#page.device) return "stranger";
    return word === "none" && !this.#speaker.bank ? "no_bank" : word;
  }

  #now() { return this.#told.now + performance.now() - this.#told.at; }

  /** @type {import("./speaker.js").Ordering} */
  #order(seq, what, body, key, patience) {
    return order("POST", `/api/halls/${encodeURIComponent(this.#page.hall)}/announcements/${seq}/${what}`, body, { key, patience });
  }

  /** One try; who holds the zone is in the news. @param {string} zone */
  async #askFor(zone) {
    await order("POST", `/api/halls/${encodeURIComponent(this.#page.hall)}/zones/${encodeURIComponent(zone)}/announcer`, {}, { patience: 0 });
  }
}

/** @returns {Promise<import("./duty.js").Me | null>} */
async function whoAmI() {
  const { status, body } = await getJSON("/api/session");
  return status === 200 && body.device ? { id: String(body.device.id), zone: body.device.zone ?? null } : null;
}
