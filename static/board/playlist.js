// @ts-check
/**
 * What stands beside the list of calls, in turns: who waits (a page of lines at a time) and the hall's media.
 * It never has the place of a call. No DOM and no clock here.
 */

/** How long a page of waiting lines stands, in ms. */
const PAGE_STANDS = 12_000;
/** A film that does not say that it has ended, in ms. */
const FILM_AT_MOST = 600_000;
/** A medium that could not be shown is tried again, in ms: somebody may have put the file there since. */
const TRIED_AGAIN = 600_000;

/** @typedef {{key: string, kind: "waiting" | "image" | "video" | "text", page?: number, medium?: Record<string, any>}} Turn */

export class Playlist {
  #key = "";
  #since = -Infinity;
  /** @type {Map<string, number>} until when each broken medium is left out */ #broken = new Map();

  /**
   * @param {number} pages of waiting lines @param {Record<string, any>[]} media @param {number} at
   * @returns {Turn | null} null when there is nothing to show
   */
  turn(pages, media, at) {
    const turns = [...waitingTurns(pages), ...mediaTurns(media)];
    const whole = (/** @type {Turn} */ { key }) => !(/** @type {number} */ (this.#broken.get(key)) > at);
    const here = turns.findIndex(({ key }) => key === this.#key);
    if (here >= 0 && whole(turns[here]) && at - this.#since < standsFor(turns[here])) return turns[here];
    const next = [...turns.slice(here + 1), ...turns.slice(0, here + 1)].find(whole);
    if (!next) return null;
    this.#key = next.key;
    this.#since = at;
    return next;
  }

  /** The film is over. @param {string} key */
  ended(key) {
    if (key === this.#key) this.#since = -Infinity;
  }

  /** It cannot be shown. @param {string} key @param {number} at */
  broke(key, at) {
    this.#broken.set(key, at + TRIED_AGAIN);
  }
}

/** @param {number} pages @returns {Turn[]} */
const waitingTurns = (pages) => Array.from({ length: pages }, (_, page) => ({ key: `waiting ${page}`, kind: "waiting", page }));

/** @param {Record<string, any>[]} media @returns {Turn[]} */
const mediaTurns = (media) => media.map((medium, n) => ({ key: `${n} ${medium.kind} ${medium.file || medium.text}`, kind: medium.kind, medium }));

/** @param {Turn} turn */
function standsFor({ kind, medium }) {
  if (kind === "waiting") return PAGE_STANDS;
  return kind === "video" ? FILM_AT_MOST : 1000 * ((medium && medium.seconds) || 15);
}
