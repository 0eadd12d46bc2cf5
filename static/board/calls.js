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
/** Calls in the list when the layout says nothing. */
const LISTED = 8;
const OVER = new Set(["ended", "failed", "unspoken", "replaced"]);

/**
 * @typedef {{seq: number, number: string, line: string, window: string, state: string, at: string}} Call
 * @typedef {{latest: Call | null, flashing: boolean, previous: (Call & {next: boolean})[], owed: number[],
 *   dueIn: number}} Shown `next`: called, and waiting for its turn in the large field; `owed`: the `seq` of those.
 *   `dueIn`: ms until the next one's turn.
 * @typedef {{at: number, now: Date, stale?: boolean, listed?: number}} Moment a clock that never jumps, in ms, the
 *   hall's time, whether the server is away, and how many the list holds
 */

export class Calls {
  /** @type {number[]} */ #queue = [];
  #latest = 0;
  #newest = 0;
  /** The newest call that came too late to be news. */
  #late = 0;
  #since = -Infinity;
  #fresh = true;
  #away = false;
  /** What was called before this hall time was called while nobody told us. */
  #backAt = -Infinity;

  /**
   * @param {Call[]} announcements newest first
   * @param {Moment} moment
   * @returns {Shown}
   */
  update(announcements, { at, now, stale = false, listed = LISTED }) {
    this.#noteAbsence(stale, now);
    const calls = newestOfEach(announcements);
    const known = new Set(calls.map((one) => one.seq));
    this.#take(calls, now);
    this.#queue = this.#queue.filter((seq) => known.has(seq));
    if (!known.has(this.#latest)) this.#replaceLatest(announcements, calls, at, now);
    else if (at - this.#since >= STANDS) this.#goOn(at, known);
    this.#fresh = false;
    return this.#shown(calls, at, listed);
  }

  /** @param {boolean} stale @param {Date} now */
  #noteAbsence(stale, now) {
    if (this.#away && !stale) this.#backAt = now.getTime();
    this.#away = stale;
  }

  /** @param {Call[]} calls @param {Date} now */
  #take(calls, now) {
    const fresh = calls.filter((one) => one.seq > this.#newest && this.#isNews(one, now));
    this.#queue.push(...fresh.map((one) => one.seq).reverse());
    const late = calls.find((one) => one.seq > this.#newest && !fresh.includes(one));
    if (late) this.#late = late.seq;
    // Another history may begin at a smaller number.
    this.#newest = calls.length ? calls[0].seq : 0;
  }

  /** What is older, or was called while the server was away, is shown without alarm.
   *  @param {Call} call @param {Date} now */
  #isNews(call, now) {
    const called = Date.parse(call.at);
    return called > this.#backAt && now.getTime() - called < NEWS_FOR;
  }

  /** The next one's turn; calls that came too late to be news still take the place of an older one.
   *  @param {number} at @param {Set<number>} known */
  #goOn(at, known) {
    if (this.#queue.length) this.#next(at);
    else if (this.#late > this.#latest && known.has(this.#late)) this.#show(this.#late, -Infinity);
  }

  /** The latest was called again, belongs to another day, was pushed out, or there was none.
   *  @param {Call[]} announcements @param {Call[]} calls @param {number} at @param {Date} now */
  #replaceLatest(announcements, calls, at, now) {
    const before = announcements.find((one) => one.seq === this.#latest);
    const again = before && calls.find((one) => one.number === before.number);
    if (!again && !this.#fresh && this.#queue.length) return this.#next(at);
    // A page that has just been loaded shows who is called now; the others are in the list.
    const next = again || calls[0];
    this.#queue = again ? this.#queue.filter((seq) => seq !== again.seq) : [];
    this.#show(next ? next.seq : 0, next && this.#isNews(next, now) ? at : -Infinity);
  }

  /** @param {number} at */
  #next(at) {
    this.#show(/** @type {number} */ (this.#queue.shift()), at);
  }

  /** @param {number} seq @param {number} at */
  #show(seq, at) {
    this.#latest = seq;
    this.#since = at;
  }

  /** @param {Call[]} calls @param {number} at @param {number} listed @returns {Shown} */
  #shown(calls, at, listed) {
    const latest = calls.find((one) => one.seq === this.#latest) || null;
    const waiting = new Set(this.#queue);
    const others = calls.filter((one) => one !== latest).slice(0, listed);
    const previous = others.map((one) => ({ ...one, next: waiting.has(one.seq) }));
    const flashing = latest !== null && this.#flashes(latest, at - this.#since);
    const dueIn = this.#queue.length ? Math.max(0, this.#since + STANDS - at) : Infinity;
    return { latest, previous, flashing, owed: [...this.#queue], dueIn };
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
