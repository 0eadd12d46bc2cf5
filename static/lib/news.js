// @ts-check
/** A hall's state, kept up to date: by socket, by polling while the socket is silent, for ever. */
import { io } from "../vendor/socket.io-4.8.4.js";
import { HallClock } from "./clock.js";
import { Feed } from "./feed.js";
import { serverIsBack } from "./orders.js";
import { EMPTY, reduce } from "./reduce.js";

/** Version of the news that this reader understands. */
const VERSION = 1;
/** How often a device says that it is alive, a silent socket is helped out by polling, and a stale reader's
 *  owner is told, in ms. */
const BEAT = 2000;
const POLL_EVERY = 2000;
/** Two missed ticks: so long without one, the socket may be dead without a word, in ms. */
const SILENT_AFTER = 2 * BEAT;
const TELL_EVERY = 1000;
/** Without any contact for this long, what is shown may be wrong, in ms. */
const STALE_AFTER = 6000;
const REQUEST_TIMEOUT = 4000;
/** The refusal of a hall whose database is away for the moment. */
const BUSY = "busy";

/**
 * @typedef {import("./reduce.js").HallState} HallState
 * @typedef {{stale: boolean, staleForS: number, polling: boolean, synced: boolean, connected: boolean,
 *   refused: string | null, epoch: string, seq: number, now: Date, build: string, newBuild: boolean}} Meta
 *   `stale`: not known to be as the server for 6 s. `polling`: the socket is silent, polling works.
 * @typedef {{hall: string, scope?: "public" | "staff", device?: boolean, here?: () => Record<string, any>,
 *   onState: (state: HallState, meta: Meta) => void,
 *   onEvent?: (event: import("./feed.js").Envelope) => void}} Options
 */

/**
 * Follow a hall's news until `close()`.
 * @param {Options} options
 */
export function followNews(options) {
  const news = new News(options);
  return { close: () => news.close(), now: () => news.clock.now, meta: () => news.meta, here: () => news.here() };
}

class News {
  clock = new HallClock();
  /** @type {HallState} */ #state = EMPTY;
  #options;
  #feed;
  #socket;
  /** @type {any[]} */ #timers;
  /** When what we have was last known to be what the server has. */
  #contactAt = performance.now();
  /** When the server last said where it stands. */
  #heardAt = performance.now();
  /** @type {any} */ #staleTimer;
  /** @type {any} */ #pollTimer;
  #synced = false;
  #polling = false;
  #newBuild = false;
  /** @type {any} */ #knockTimer;
  #build = "";
  /** @type {string | null} */ #refused = null;

  /** @param {Options} options */
  constructor(options) {
    this.#options = { scope: /** @type {const} */ ("public"), ...options };
    this.#feed = new Feed({
      apply: (event) => this.#apply(event),
      reset: (snapshot) => this.#reset(snapshot),
      ask: () => this.#ask(this.#feed.asking()),
      onStale: () => this.#tell(),
    });
    this.#socket = this.#connect();
    this.#timers = [
      setInterval(() => this.meta.stale && this.#tell(), TELL_EVERY),
      setInterval(() => this.here(), BEAT),
    ];
    // One beat early: a page whose socket never connects polls after one beat, not two.
    this.#pollAfter(SILENT_AFTER - BEAT);
    this.#expectContact();
  }

  /** Polling begins after two missed ticks, so a page whose socket is blocked is never called stale.
   *  @param {number} pause */
  #pollAfter(pause) {
    clearTimeout(this.#pollTimer);
    this.#pollTimer = setTimeout(() => {
      this.#fetch(this.#feed.asking());
      this.#pollAfter(POLL_EVERY);
    }, pause);
  }

  /** The moment itself is told, not the next beat after it. */
  #expectContact() {
    clearTimeout(this.#staleTimer);
    this.#staleTimer = setTimeout(() => this.#tell(), STALE_AFTER);
  }

  get meta() {
    const silentFor = performance.now() - this.#contactAt;
    const stale = silentFor >= STALE_AFTER;
    return {
      stale, staleForS: stale ? Math.floor(silentFor / 1000) : 0,
      polling: this.#polling && !stale, synced: this.#synced, connected: this.#socket.connected,
      refused: this.#refused, epoch: this.#feed.epoch, seq: this.#feed.seq, now: this.clock.now,
      build: this.#build, newBuild: this.#newBuild,
    };
  }

  /** A device's sign of life, and what it has to say with it. */
  here() {
    const { device, here } = this.#options;
    if (device && this.#socket.connected) this.#socket.emit("here", here ? here() : {});
  }

  close() {
    this.#timers.forEach(clearInterval);
    clearTimeout(this.#pollTimer);
    clearTimeout(this.#staleTimer);
    clearTimeout(this.#knockTimer);
    this.#timers = [];
    this.#feed.close();
    this.#socket.close();
  }

  #connect() {
    const { hall, scope } = this.#options;
    const socket = io("/news", {
      transports: ["websocket"], auth: { v: VERSION, hall, scope }, timeout: REQUEST_TIMEOUT,
      reconnectionDelay: 500, reconnectionDelayMax: 2000,
    });
    socket.on("hello", (/** @type {any} */ hello) => this.#hello(hello));
    socket.on("event", (/** @type {any} */ event) => this.#feed.receive(event));
    socket.on("tick", (/** @type {any} */ tick) => this.#tick(tick));
    socket.on("connect_error", (/** @type {Error} */ error) => this.#lost(error.message));
    socket.on("disconnect", () => {
      this.#feed.disconnected();
      this.#lost(null);
    });
    // The library waits for ever for a server that takes the connection and never lets us in.
    socket.io.on("open", () => {
      clearTimeout(this.#knockTimer);
      this.#knockTimer = setTimeout(() => this.#knockAgain(), REQUEST_TIMEOUT);
    });
    return socket;
  }

  #knockAgain() {
    if (this.#timers.length && this.#socket.active && !this.#socket.connected) this.#socket.disconnect().connect();
  }

  /** @param {any} hello */
  #hello(hello) {
    this.#refused = null;
    this.#newBuild = this.#newBuild || (this.#build !== "" && this.#build !== hello.build);
    this.#build = this.#build || hello.build;
    this.clock.set(hello.now);
    this.#feed.hello(hello);
    this.#tell();
  }

  /** @param {any} tick */
  #tick(tick) {
    this.#polling = false;
    this.#pollAfter(SILENT_AFTER);
    this.#hear(tick.now, () => this.#feed.tick(tick));
  }

  /** The client library gives up by itself when the server closed or refused the connection.
   *  @param {string | null} reason */
  #lost(reason) {
    if (this.#socket.active) return;
    // The hall is there and has no time: that is no reason to show anybody.
    this.#refused = reason === BUSY ? null : reason;
    setTimeout(() => this.#timers.length && this.#socket.connect(), 2000);
    this.#tell();
  }

  /** @param {import("./feed.js").Asked} asked */
  #ask(asked) {
    if (!this.#socket || !this.#socket.connected) return void this.#fetch(asked);
    const { epoch, seq, hash } = asked;
    const take = (/** @type {any} */ error, /** @type {any} */ answer) => error || this.#answered(answer, asked);
    this.#socket.timeout(REQUEST_TIMEOUT).emit("sync", { epoch, seq, hash }, take);
  }

  /** @param {import("./feed.js").Asked} asked */
  async #fetch(asked) {
    const { epoch, seq, hash } = asked;
    const query = new URLSearchParams({ scope: String(this.#options.scope), epoch, seq: String(seq), hash });
    const aborter = new AbortController();
    const timer = setTimeout(() => aborter.abort(), REQUEST_TIMEOUT);
    try {
      const answer = await fetch(`/api/halls/${encodeURIComponent(this.#options.hall)}/news?${query}`, {
        // Not through the cache: it lets only one reading of an address go on at a time, also a dead one.
        cache: "no-store", signal: aborter.signal,
      });
      const body = await answer.json();
      if (!answer.ok) return this.#refuse(body.error);
      this.#polling = true;
      this.#answered(body, asked);
    } catch {
      this.#polling = false; // no server: the next round asks again
    } finally {
      clearTimeout(timer);
    }
  }

  /** @param {string} code */
  #refuse(code) {
    this.#refused = code;
    this.#tell();
  }

  /** @param {any} answer @param {import("./feed.js").Asked} asked */
  #answered(answer, asked) {
    // A void answer is no sign of life either: it may come from before a restore.
    if (!answer || !answer.mode || this.#feed.isVoid(asked)) return;
    this.#refused = null;
    this.#hear(answer.now, () => {
      this.#feed.synced(answer, asked);
      this.#synced = true;
    });
  }

  /** The server said where it stands. @param {string} now @param {() => void} take */
  #hear(now, take) {
    this.#heardAt = performance.now();
    this.clock.set(now);
    take();
    this.#trust();
    this.#tell();
  }

  /** Fresh is what has everything that the server had when it was last heard: a word from it alone
   *  does not make old numbers new. */
  #trust() {
    if (!this.#feed.inStep || this.#contactAt === this.#heardAt) return;
    const silence = this.#heardAt - this.#contactAt;
    this.#contactAt = this.#heardAt;
    this.#expectContact();
    if (silence > SILENT_AFTER) serverIsBack();
  }

  /** @param {Record<string, any>} snapshot */
  #reset(snapshot) {
    this.#state = { ...EMPTY, ...snapshot };
    this.#tell();
  }

  /** @param {import("./feed.js").Envelope} event */
  #apply(event) {
    this.#state = reduce(this.#state, event.data);
    this.clock.reach(event.at);
    this.#trust();
    if (this.#options.onEvent) this.#options.onEvent(event);
    this.#tell();
  }

  /** Several changes in one turn are one picture. */
  #told = false;
  #tell() {
    if (this.#told) return;
    this.#told = true;
    Promise.resolve().then(() => {
      this.#told = false;
      if (this.#timers && this.#timers.length) this.#options.onState(this.#state, this.meta);
    });
  }
}
