// @ts-check
/** The clerk's name, where the hall decided to show it. It is in no news: the page asks for it by itself. */
import { getJSON } from "../lib/orders.js";

/** Somebody else may have sat down without the window having been closed in between, in ms. */
const ASKED_AGAIN = 30_000;

export class ClerkName {
  #name = "";
  #asked = "";
  #askedAt = -Infinity;

  /** @param {string} code @param {import("../lib/screen.js").Frame} frame @returns {string} empty for nobody, or nobody's business */
  at(code, { whole, hall, at }) {
    const window = whole.windows[code];
    const shown = (whole.hall.layout || {}).clerk === "name" && window && window.state !== "closed";
    const asked = shown ? `${code} ${window.state}` : "";
    if (asked && (asked !== this.#asked || at - this.#askedAt > ASKED_AGAIN)) this.#ask(hall, code, at);
    this.#asked = asked;
    return shown ? this.#name : "";
  }

  /** @param {string} hall @param {string} code @param {number} at */
  async #ask(hall, code, at) {
    this.#askedAt = at;
    const { status, body } = await getJSON(`/api/halls/${encodeURIComponent(hall)}/windows/${encodeURIComponent(code)}/clerk`);
    // Without an answer: better no name than that of whoever has gone.
    this.#name = (status === 200 && body.name) || "";
  }
}
