// @ts-check
/** The hall's clock between two ticks: the device's own clock may be wrong by hours. */
export class HallClock {
  #at = 0;
  #now = 0;

  /** @param {string} [now] hall time as the server just said it */
  set(now) {
    if (!now) return;
    this.#now = Date.parse(now);
    this.#at = performance.now();
  }

  /** An event is a later word than the last tick: the hall's clock may have been stepped. @param {string} at */
  reach(at) {
    if (Date.parse(at) > this.now.getTime()) this.set(at);
  }

  /** Hall time, or the device's time as long as nobody has told us. */
  get now() {
    return new Date(this.#now ? this.#now + performance.now() - this.#at : Date.now());
  }
}
