// @ts-check
/**
 * Which call is the latest on the board. Calls come in bursts, and people need time to read: each
 * stands in the large field for a while, and those that wait for it are in the list meanwhile.
 * No clock and no DOM here.
 */

/** A call stands in the large field for at least this long, in ms. */
const STANDS = 5000;
/** It flashes until its announcement is over, at least and at most for this long, in ms. */
const FLASH_LEAST = 2000;
const FLASH_MOST = 12_000;
/** What was called longer ago than this, in hall time, is not made the latest any more. After an
 *  outage the board must show what is being called now, not replay the past. */
const NEWS_FOR = 30_000;
const LISTED = 8;
const OVER = new Set(["ended", "failed", "unspoken", "replaced"]);

/**
 * @typedef {{seq: number, number: string, line: string, window: string, state: string, at: string}} Call
 * @typedef {{latest: Call | null, flashing: boolean, previous: (Call & {next: boolean})[]}} Shown
 *   `next`: called, and waiting for its turn in the large field.
 */

export class Calls {
  /** @type {number[]} */ #queue = [];
  #latest = 0;
  #newest = 0;
  #since = -Infinity;

  /**
   * @param {Call[]} announcements newest first
   * @param {{at: number, now: Date}} time a clock that never jumps, in ms, and the hall's time
   * @returns {Shown}
   */
  update(announcements, { at, now }) {
    const calls = newestOfEach(announcements);
    const known = new Set(calls.map((one) => one.seq));
    this.#take(calls, now);
    this.#queue = this.#queue.filter((seq) => known.has(seq));
    if (!known.has(this.#latest)) this.#replaceLatest(announcements, calls, at, now);
    else if (!this.#queue.length) this.#catchUp(calls);
    else if (at - this.#since >= STANDS) this.#show(/** @type {number} */ (this.#queue.shift()), at);
    return this.#shown(calls, at);
  }

  /** @param {Call[]} calls @param {Date} now */
  #take(calls, now) {
    const fresh = calls.filter((one) => one.seq > this.#newest && isNews(one, now));
    this.#queue.push(...fresh.map((one) => one.seq).reverse());
    // Another history may begin at a smaller number.
    this.#newest = calls.length ? calls[0].seq : 0;
  }

  /** Calls that came too late to be news still take the place of an older one. @param {Call[]} calls */
  #catchUp(calls) {
    if (calls[0].seq > this.#latest) this.#show(calls[0].seq, -Infinity);
  }

  /** The latest was called again, belongs to another day, or there was none.
   *  @param {Call[]} announcements @param {Call[]} calls @param {number} at @param {Date} now */
  #replaceLatest(announcements, calls, at, now) {
    const before = announcements.find((one) => one.seq === this.#latest);
    const again = before && calls.find((one) => one.number === before.number);
    // A page that has just been loaded shows who is called now; the others are in the list.
    const next = again || calls[0];
    this.#queue = again ? this.#queue.filter((seq) => seq !== again.seq) : [];
    this.#show(next ? next.seq : 0, next && isNews(next, now) ? at : -Infinity);
  }

  /** @param {number} seq @param {number} at */
  #show(seq, at) {
    this.#latest = seq;
    this.#since = at;
  }

  /** @param {Call[]} calls @param {number} at @returns {Shown} */
  #shown(calls, at) {
    const latest = calls.find((one) => one.seq === this.#latest) || null;
    const waiting = new Set(this.#queue);
    const others = calls.filter((one) => one !== latest).slice(0, LISTED);
    const previous = others.map((one) => ({ ...one, next: waiting.has(one.seq) }));
    return { latest, previous, flashing: latest !== null && this.#flashes(latest, at - this.#since) };
  }

  /** @param {Call} latest @param {number} stood */
  #flashes(latest, stood) {
    return stood < FLASH_LEAST || (stood < FLASH_MOST && !OVER.has(latest.state));
  }
}

/** A number that was called again stands where its newest call is. @param {Call[]} announcements */
function newestOfEach(announcements) {
  const seen = new Set();
  return announcements.filter((one) => !seen.has(one.number) && seen.add(one.number));
}

/** @param {Call} call @param {Date} now */
function isNews(call, now) {
  return now.getTime() - Date.parse(call.at) < NEWS_FOR;
}
