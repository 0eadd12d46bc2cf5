// @ts-check
/** A hall's state, kept up to date: by socket, by polling while the socket is silent, for ever. */
import { io } from "../vendor/socket.io-4.8.4.js";
import { HallClock } from "./clock.js";
import { Feed } from "./feed.js";
import { EMPTY, reduce } from "./reduce.js";

/** Version of the news that this reader understands. */
const VERSION = 1;
/** How often a device says that it is alive, a stale reader polls, and its owner is told, in ms. */
const BEAT = 2000;
const POLL_EVERY = 2000;
const TELL_EVERY = 1000;
/** Without any contact for this long, what is shown may be wrong, in ms. */
const STALE_AFTER = 6000;
const REQUEST_TIMEOUT = 4000;

/**
 * @typedef {import("./reduce.js").HallState} HallState
 * @typedef {{stale: boolean, staleForS: number, polling: boolean, synced: boolean, connected: boolean,
 *   refused: string | null, epoch: string, seq: number, now: Date, build: string, newBuild: boolean}} Meta
 *   `stale`: neither a tick nor a polled answer for 6 s. `polling`: the socket is silent, polling works.
 * @typedef {{hall: string, scope?: "public" | "staff", device?: boolean,
 *   onState: (state: HallState, meta: Meta) => void,
 *   onEvent?: (event: import("./feed.js").Envelope) => void}} Options
 */

/**
 * Follow a hall's news until `close()`.
 * @param {Options} options
 */
export function followNews(options) {
  const news = new News(options);
  return { close: () => news.close(), now: () => news.clock.now, meta: () => news.meta };
}

class News {
  clock = new HallClock();
  /** @type {HallState} */ #state = EMPTY;
  #options;
  #feed;
  #socket;
  /** @type {any[]} */ #timers;
  #contactAt = performance.now();
  // One beat early: a page whose socket never connects polls after one beat, not two.
  #tickAt = performance.now() - BEAT;
  #synced = false;
  #polling = false;
  #newBuild = false;
  #build = "";
  /** @type {string | null} */ #refused = null;

  /** @param {Options} options */
  constructor(options) {
    this.#options = { scope: /** @type {const} */ ("public"), ...options };
    this.#feed = new Feed({
      apply: (event) => this.#apply(event),
      reset: (snapshot) => this.#reset(snapshot),
      ask: (have) => this.#ask(have),
      onStale: () => this.#tell(),
    });
    this.#socket = this.#connect();
    this.#timers = [
      setInterval(() => this.#silent && this.#fetch(this.#feed.position), POLL_EVERY),
      setInterval(() => this.meta.stale && this.#tell(), TELL_EVERY),
      setInterval(() => options.device && this.#socket.connected && this.#socket.emit("here", {}), BEAT),
    ];
  }

  /** Polling begins after two missed ticks, so a page whose socket is blocked is never called stale. */
  get #silent() {
    return performance.now() - this.#tickAt >= 2 * BEAT;
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

  close() {
    this.#timers.forEach(clearInterval);
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
    socket.on("disconnect", () => this.#lost(null));
    return socket;
  }

  /** @param {any} hello */
  #hello(hello) {
    this.#refused = null;
    this.#newBuild = this.#newBuild || (this.#build !== "" && this.#build !== hello.build);
    this.#build = this.#build || hello.build;
    this.#contact(hello.now);
    this.#feed.hello(hello);
    this.#tell();
  }

  /** @param {any} tick */
  #tick(tick) {
    this.#polling = false;
    this.#tickAt = performance.now();
    this.#contact(tick.now);
    this.#feed.tick(tick);
    this.#tell();
  }

  /** The client library gives up by itself when the server closed or refused the connection.
   *  @param {string | null} reason */
  #lost(reason) {
    if (this.#socket.active) return;
    this.#refused = reason;
    setTimeout(() => this.#timers.length && this.#socket.connect(), 2000);
    this.#tell();
  }

  /** @param {import("./feed.js").Position} have */
  #ask(have) {
    if (!this.#socket || !this.#socket.connected) return void this.#fetch(have);
    this.#socket.timeout(REQUEST_TIMEOUT).emit("sync", have, (/** @type {any} */ error, /** @type {any} */ answer) => {
      if (!error) this.#answered(answer);
    });
  }

  /** @param {import("./feed.js").Position} have */
  async #fetch(have) {
    const query = new URLSearchParams({ scope: String(this.#options.scope), ...have, seq: String(have.seq) });
    const aborter = new AbortController();
    const timer = setTimeout(() => aborter.abort(), REQUEST_TIMEOUT);
    try {
      const answer = await fetch(`/api/halls/${encodeURIComponent(this.#options.hall)}/news?${query}`, { signal: aborter.signal });
      const body = await answer.json();
      if (!answer.ok) return this.#refuse(body.error);
      this.#polling = true;
      this.#answered(body);
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

  /** @param {any} answer */
  #answered(answer) {
    if (!answer || !answer.mode) return;
    this.#refused = null;
    this.#contact(answer.now);
    this.#feed.synced(answer);
    this.#synced = true;
    this.#tell();
  }

  /** @param {string} now */
  #contact(now) {
    this.#contactAt = performance.now();
    this.clock.set(now);
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
