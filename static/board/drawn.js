// @ts-check
/**
 * Up to which call everything has been on the screen: what a screen tells the server as proof. A call that is
 * queued behind a full list has not been drawn, and holds back all those after it. No DOM here.
 */
export class Drawn {
  #upTo = 0;
  /** @type {Set<number>} drawn, but behind one that is not */ #ahead = new Set();

  get upTo() { return this.#upTo; }

  /**
   * @param {{seq: number}[]} calls this screen's, newest first @param {number[]} drawn what is on the screen now
   * @param {number[]} owed what is still to come onto it
   */
  note(calls, drawn, owed) {
    const newest = calls.length ? calls[0].seq : 0;
    // Another history begins at a smaller number, and another day has no calls yet.
    if (newest < this.#upTo) this.#forget(calls.length ? 0 : this.#upTo);
    for (const seq of drawn) this.#ahead.add(seq);
    for (const { seq } of [...calls].reverse()) {
      if (seq <= this.#upTo) continue;
      if (owed.includes(seq) && !this.#ahead.has(seq)) break;
      this.#upTo = seq;
    }
    this.#ahead = new Set([...this.#ahead].filter((seq) => seq > this.#upTo));
    return this.#upTo;
  }

  /** @param {number} upTo */
  #forget(upTo) {
    this.#upTo = upTo;
    this.#ahead.clear();
  }
}
