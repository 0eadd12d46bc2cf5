// @ts-check
/**
 * The hall's news in order, from a source that repeats, overtakes, loses and restarts.
 * No DOM and no socket here: whoever owns them hands messages in and carries questions out.
 */

/** How long an event may be overtaken by a later one before we ask, in ms. */
const PATIENCE = 300;
/** How long an answer may take before we ask again, in ms. */
const ANSWER_WITHIN = 2000;
/** Without a tick for this long, what we have is stale, in ms. */
const STALE_AFTER = 6000;
/** More early events than this mean that asking is cheaper than remembering. */
const EARLY_KEPT = 1000;

/**
 * @typedef {{seq: number, type: string, at: string, hash: string, data: Record<string, any>}} Envelope
 * @typedef {{epoch: string, seq: number, hash: string}} Position
 * @typedef {Position & {number?: number}} Asked where we stood when we asked, and which question it was
 * @typedef {Position & {mode: "replay" | "snapshot", now: string, events?: Envelope[],
 *   snapshot?: Record<string, any>}} Synced
 * @typedef {{apply: (event: Envelope) => void, reset: (snapshot: Record<string, any>) => void,
 *   ask: (have: Position) => void, onStale: (stale: boolean) => void}} FeedOwner
 */

export class Feed {
  /** @type {FeedOwner} */ #owner;
  #epoch = "";
  #seq = 0;
  #hash = "";
  /** The newest `seq` that the source is known to have. */
  #head = 0;
  /** Nothing may be applied until an answer says where we are: at the start, and whenever the
   *  source's history turns out not to be ours. */
  #lost = true;
  /** A connection that has not said where it stands may be that of another history: its news wait for no one. */
  #greeted = true;
  #questions = 0;
  /** Answers to earlier questions than this may tell of a history that is no more. */
  #countsFrom = 0;
  /** @type {Map<number, Envelope>} */ #early = new Map();
  /** @type {any} */ #gapTimer;
  /** @type {any} */ #answerTimer;
  /** @type {any} */ #staleTimer;
  #stale = false;
  /** @type {number | null} */ #lastTickAt = null;

  /** @param {FeedOwner} owner */
  constructor(owner) {
    this.#owner = owner;
    this.#expectTick();
  }

  get epoch() { return this.#epoch; }
  get seq() { return this.#seq; }
  get hash() { return this.#hash; }
  get stale() { return this.#stale; }
  /** We have all that the source was last known to have. */
  get inStep() { return !this.#lost && !this.#hasGap(); }
  /** When the last tick came, in ms since 1970 by the device's clock; null before the first. */
  get lastTickAt() { return this.#lastTickAt; }
  get position() { return { epoch: this.#epoch, seq: this.#seq, hash: this.#hash }; }

  /** For whoever carries a question out: to be handed back with its answer. @returns {Asked} */
  asking() { return { ...this.position, number: ++this.#questions }; }

  /** The connection is gone. The next one may lead to a restored hall, even of the same epoch: what came
   *  early through the old one must never be applied to what comes through the new one. */
  disconnected() {
    this.#greeted = false;
    this.#early.clear();
  }

  /** A connection was made: whatever was asked through the old one is void. @param {Position} head */
  hello(head) {
    this.#forgetQuestions();
    this.#greeted = true;
    this.#early.clear();
    // A head beyond ours does not say whether ours is behind it: the answer does.
    if (head.seq !== this.#seq || this.#contradicts(head)) this.#doubt();
    this.#head = head.seq;
    this.ask();
  }

  /** @param {Envelope} event */
  receive(event) {
    // The answer to our question after the greeting has it.
    if (!this.#greeted) return;
    // While a question is open even known numbers are kept: the answer may take us back before them.
    if (event.seq <= this.#seq && !this.#asking) return;
    this.#early.set(event.seq, event);
    if (this.#early.size > EARLY_KEPT) this.#forgetOldest();
    this.#advance();
  }

  /** @param {Position} head */
  tick(head) {
    this.#lastTickAt = Date.now();
    this.#setStale(false);
    this.#expectTick();
    this.#head = head.seq;
    if (this.#contradicts(head)) {
      if (!this.#lost) this.#doubt();
      this.ask();
    } else {
      this.#watchForGap();
    }
  }

  /** The question came before an answer that we have, or before we knew of another history.
   *  @param {Asked | null} asked */
  isVoid(asked) { return !!asked && !!asked.number && asked.number < this.#countsFrom; }

  /** The answer to a question, from the socket or by polling.
   *  @param {Synced} answer @param {Asked | null} [asked] */
  synced(answer, asked = null) {
    if (this.isVoid(asked)) return;
    // Long on its way: what we have came after it. An older answer to a question from where we still
    // stand is the truth: the hall was put back.
    const overtaken = asked !== null && asked.seq !== this.#seq;
    if (overtaken && !this.#lost && answer.epoch === this.#epoch && answer.seq < this.#seq) return;
    if (asked && asked.number) this.#countsFrom = asked.number + 1;
    this.#stopAsking();
    if (answer.mode === "snapshot") this.#restart(answer);
    else if (asked && !this.#continues(answer, asked)) return this.#askAnew();
    else if (answer.epoch === this.#epoch || this.#seq === 0) this.#replay(answer);
    else return this.#startOver();
    this.#head = Math.max(answer.seq, this.#seq);
    this.#lost = false;
    this.#advance();
  }

  /** Ask where the source stands, unless an answer is still expected. */
  ask() {
    if (this.#asking) return;
    clearTimeout(this.#gapTimer);
    this.#gapTimer = undefined;
    this.#answerTimer = setTimeout(() => {
      this.#stopAsking();
      if (this.#lost || this.#hasGap()) this.ask();
    }, ANSWER_WITHIN);
    this.#owner.ask(this.position);
  }

  close() {
    for (const timer of [this.#gapTimer, this.#answerTimer, this.#staleTimer]) clearTimeout(timer);
  }

  get #asking() { return this.#answerTimer !== undefined; }

  #forgetQuestions() {
    this.#stopAsking();
    this.#countsFrom = this.#questions + 1;
  }

  #stopAsking() {
    clearTimeout(this.#answerTimer);
    this.#answerTimer = undefined;
  }

  /** @param {Position} head */
  #contradicts(head) {
    return head.epoch !== this.#epoch || head.seq < this.#seq
      || (head.seq === this.#seq && head.hash !== this.#hash);
  }

  /** Early events of the other history must not be applied after the answer. */
  #doubt() {
    this.#forgetQuestions();
    this.#lost = true;
    this.#early.clear();
  }

  /** @param {Synced} answer */
  #restart(answer) {
    if (this.#epoch !== answer.epoch && !this.#lost) this.#early.clear();
    this.#stand(answer);
    this.#owner.reset(answer.snapshot || {});
  }

  /** @param {Synced} answer */
  #replay(answer) {
    if (this.#seq === 0) this.#owner.reset({});
    this.#epoch = answer.epoch;
    for (const event of answer.events || []) this.#early.set(event.seq, event);
  }

  /** A replay fits where it begins, and where it passes through what we have: between question and answer
   *  the hall may have been put back, and its new log be as long as the old. @param {Synced} answer @param {Asked} asked */
  #continues(answer, asked) {
    if (asked.seq === this.#seq && asked.hash === this.#hash) return true;
    return (answer.events || []).some((one) => one.seq === this.#seq && one.hash === this.#hash);
  }

  #askAnew() {
    this.#doubt();
    this.ask();
  }

  /** The missing events of another history are of no use: ask as one who has nothing. */
  #startOver() {
    this.#stand({ epoch: "", seq: 0, hash: "" });
    this.#askAnew();
  }

  /** @param {Position} position */
  #stand({ epoch, seq, hash }) {
    this.#epoch = epoch;
    this.#seq = seq;
    this.#hash = hash;
  }

  #advance() {
    if (!this.#lost) {
      for (let next; (next = this.#early.get(this.#seq + 1)); ) {
        this.#seq = next.seq;
        this.#hash = next.hash;
        this.#owner.apply(next);
      }
    }
    if (!this.#asking) this.#forgetKnown();
    this.#watchForGap();
  }

  #forgetKnown() {
    for (const seq of this.#early.keys()) if (seq <= this.#seq) this.#early.delete(seq);
  }

  #forgetOldest() {
    this.#early.delete(Math.min(...this.#early.keys()));
  }

  #hasGap() {
    if (this.#head > this.#seq) return true;
    for (const seq of this.#early.keys()) if (seq > this.#seq) return true;
    return false;
  }

  #watchForGap() {
    if (!this.#hasGap()) {
      clearTimeout(this.#gapTimer);
      this.#gapTimer = undefined;
    } else if (!this.#asking && this.#gapTimer === undefined) {
      this.#gapTimer = setTimeout(() => this.ask(), PATIENCE);
    }
  }

  #expectTick() {
    clearTimeout(this.#staleTimer);
    this.#staleTimer = setTimeout(() => this.#setStale(true), STALE_AFTER);
  }

  /** @param {boolean} stale */
  #setStale(stale) {
    if (stale === this.#stale) return;
    this.#stale = stale;
    this.#owner.onStale(stale);
  }
}
