// @ts-check
/** A hall's services in a page: loaded once, and again when the news speak of another version of them. */
import { getJSON } from "./orders.js";

/** Pause before a catalogue that was not answered is asked for again, in ms. */
const RETRY = 2000;

/** @typedef {import("./service-search.js").Service} Service */

export class Catalogue {
  /** @type {Service[]} */ services = [];
  /** @type {string | null} */ version = null;
  #hall;
  #onChange;
  /** What the news said when we last loaded: they may be behind what we were given then.
   *  @type {string | null} */
  #loadedFor = null;
  /** @type {string | null} */ #wanted = null;
  #loading = false;
  #closed = false;
  /** @type {any} */ #timer;

  /** @param {string} hall @param {(services: Service[]) => void} [onChange] */
  constructor(hall, onChange = () => {}) {
    this.#hall = hall;
    this.#onChange = onChange;
  }

  /** To be called with the hall's `services_version` whenever there are news. @param {string | null} [version] */
  follow(version = null) {
    this.#wanted = version;
    const known = version === this.version || version === this.#loadedFor;
    if (!known && !this.#loading && !this.#closed) this.#load();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #load() {
    this.#loading = true;
    const wanted = this.#wanted;
    const path = `/api/halls/${encodeURIComponent(this.#hall)}/services`;
    const { status, body } = await getJSON(path, { cache: "no-cache" });
    if (this.#closed) return;
    if (status !== 200) {
      this.#timer = setTimeout(() => this.#load(), RETRY);
      return;
    }
    this.services = body.services;
    this.version = body.version;
    this.#loadedFor = wanted;
    this.#loading = false;
    this.#onChange(this.services);
    this.follow(this.#wanted); // the news may have gone on meanwhile
  }
}
