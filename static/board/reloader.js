// @ts-check
/** A board is switched on once and never touched: it fetches new pages by itself. */
import { hallTime } from "../lib/format.js";

/** In the night, in hall time, so that nothing that browsers pile up lasts longer than a day. */
const NIGHTLY = "03:00";
/** A page that has just been loaded at 03:00 is not loaded again. */
const YOUNG = 120_000;
/** Thirty boards of a hall do not all come back at the same moment. */
const SPREAD = 4000;

export class Reloader {
  #reload;
  #since = performance.now();
  #going = false;

  /** @param {() => void} reload */
  constructor(reload) {
    this.#reload = reload;
  }

  /** @param {import("../lib/news.js").Meta} meta @param {string} [zone] */
  look(meta, zone) {
    if (this.#going || meta.stale) return;
    const nightly = hallTime(meta.now, zone) === NIGHTLY && performance.now() - this.#since > YOUNG;
    if (!meta.newBuild && !nightly) return;
    this.#going = true;
    setTimeout(() => this.#go(), Math.random() * SPREAD);
  }

  /** Only when the page can be had: otherwise the screen would show the browser's error for ever. */
  async #go() {
    try {
      const { ok } = await fetch(location.href, { cache: "no-store" });
      if (ok) return this.#reload();
    } catch { /* the server went away in between: the next look tries again */ }
    this.#going = false;
  }
}
