// @ts-check
/**
 * The calls of one screen, also those that the hall's newest thirty have pushed out: a zone where little is
 * called keeps its list while others are busy. No DOM and no clock here.
 */

/** How many calls a reader keeps, as the reducer does; a list that is full may hide older ones. */
const KEPT = 30;
/** How many calls this screen remembers: more than the longest burst that still waits for its turn. */
const REMEMBERED = 90;

export class History {
  /** @type {any[]} newest first */ #calls = [];
  #day = "";

  /**
   * @param {any[]} all the hall's newest calls, newest first @param {any[]} mine those of them that are this screen's
   * @param {string} day whatever changes when another history begins
   * @returns {any[]} this screen's calls, newest first
   */
  update(all, mine, day) {
    const oldest = all.length < KEPT || day !== this.#day ? -Infinity : all[all.length - 1].seq;
    // What lies behind the hall's list was there; what lies within it and is not in it was another history's.
    const behind = this.#calls.filter((one) => one.seq < oldest);
    this.#day = day;
    this.#calls = [...mine, ...behind].slice(0, REMEMBERED);
    return this.#calls;
  }
}
