// @ts-check
/** Keeps the page's place in the hall: which device it is, and which zones it holds (display_client/keeper.py). */

/** The server judges by what is written down of the sign of life; a box, which asks after 2 s, goes first. In ms. */
const AFTER_CONNECT = 5000;
/** How often a zone is asked for that nobody holds, and one that another holds; how often the page asks where it
 *  stands, and while the server has not said it. In ms. */
const FREE_EVERY = 5000;
const HELD_EVERY = 15_000;
const WHO_EVERY = 60_000;
const UNKNOWN_EVERY = 2000;

/** @typedef {{whoAmI: () => Promise<import("./duty.js").Me | null>, askFor: (zone: string) => Promise<void>}} Asking */

export class Keeper {
  /** Since when the server hears this page; null while it does not. @type {number | null} */ #connectedAt = null;
  #knownAt = -Infinity;
  /** @type {Map<string, number>} */ #askedAt = new Map();
  #queue;
  #asking;

  /** @param {import("./calls.js").CallQueue} queue @param {Asking} asking */
  constructor(queue, asking) {
    this.#queue = queue;
    this.#asking = asking;
  }

  /** One round. `at`: a clock that never jumps, in ms. @param {{at: number, connected: boolean, audible: boolean}} now */
  async lookAfter({ at, connected, audible }) {
    if (!connected) this.#connectedAt = null;
    else this.#connectedAt = this.#connectedAt ?? at;
    if (!connected) return;
    await this.#learnName(at);
    if (audible && this.#queue.me.id && at - /** @type {number} */ (this.#connectedAt) >= AFTER_CONNECT) await this.#askForZones(at);
  }

  /** @param {number} at */
  async #learnName(at) {
    if (at - this.#knownAt < (this.#queue.me.id ? WHO_EVERY : UNKNOWN_EVERY)) return;
    this.#knownAt = at;
    const known = await this.#asking.whoAmI();
    if (known) this.#queue.me = known;
  }

  /** @param {number} at */
  async #askForZones(at) {
    for (const zone of this.#queue.unheld()) {
      const every = this.#queue.announcer(zone) === null ? FREE_EVERY : HELD_EVERY;
      if (at - (this.#askedAt.get(zone) ?? -Infinity) < every) continue;
      this.#askedAt.set(zone, at);
      await this.#asking.askFor(zone);
    }
  }
}
