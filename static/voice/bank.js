// @ts-check
/** The bank of clips as a page has it: the manifest at once, clips by their place in an archive when they are needed. */

/** @typedef {{key: string, sha256: string, ms: number, archive: string, offset?: number, length?: number}} Clip */

const FOLDER = "/static/sound/bank/";
const VERSION = 1;
/** How long the server may take for a clip, in ms, and how many are kept, in bytes as they came: 3 MB at most. */
const WITHIN = 2500;
const KEPT = 500;
const PARTIAL = 206;

/** What makes this bank useless for a call; the call is left to others. */
export class BrokenBank extends Error {}

export class Bank {
  /** @type {Map<string, Clip>} */ #clips;
  /** @type {Map<string, ArrayBuffer>} the last ones used are at the end */ #kept = new Map();

  /** @param {Clip[]} clips */
  constructor(clips) {
    this.#clips = new Map(clips.map((clip) => [clip.key, clip]));
  }

  /** The bank of the server; null where there is none, or none that is understood. @returns {Promise<Bank | null>} */
  static async open() {
    try {
      const answer = await fetch(`${FOLDER}manifest.json`, { cache: "no-cache", signal: AbortSignal.timeout(4 * WITHIN) });
      const told = answer.ok ? await answer.json() : null;
      return told && told.version === VERSION ? new Bank(told.clips) : null;
    } catch {
      return null;
    }
  }

  get size() { return this.#clips.size; }

  /** @param {string} key */
  has(key) { return this.#clips.has(key); }

  /** How long a clip must last, in ms. @param {string} key */
  ms(key) { return /** @type {Clip} */ (this.#clips.get(key)).ms; }

  /** A clip as it was packed; throws BrokenBank when it is not the one of the manifest. @param {string} key @returns {Promise<ArrayBuffer>} */
  async data(key) {
    const clip = this.#clips.get(key);
    if (!clip) throw new BrokenBank(`no clip ${key}`);
    const data = this.#kept.get(key) || (await fetched(clip));
    this.#kept.delete(key);
    this.#kept.set(key, data);
    if (this.#kept.size > KEPT) this.#kept.delete(/** @type {string} */ (this.#kept.keys().next().value));
    return data.slice(0); // whoever decodes it takes it away
  }
}

/** @param {Clip} clip */
async function fetched(clip) {
  const data = await read(clip).catch((error) => { throw new BrokenBank(`${clip.archive}: ${error}`); });
  if (clip.length !== undefined && data.byteLength !== clip.length) throw new BrokenBank(`${clip.key}: ${data.byteLength} bytes`);
  if (!(await isOf(clip.sha256, data))) throw new BrokenBank(`${clip.key} in ${clip.archive} is not the clip of the manifest`);
  return data;
}

/** @param {Clip} clip */
async function read({ archive, offset = 0, length }) {
  const headers = length === undefined ? {} : { Range: `bytes=${offset}-${offset + length - 1}` };
  const answer = await fetch(FOLDER + encodeURIComponent(archive), { headers, signal: AbortSignal.timeout(WITHIN) });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const data = await answer.arrayBuffer();
  // A proxy may not know ranges and send the whole.
  return answer.status === PARTIAL || length === undefined ? data : data.slice(offset, offset + length);
}

/** Browsers have hashes only for pages from https or this machine; elsewhere length and decoding must do.
 *  @param {string} sha256 @param {ArrayBuffer} data */
async function isOf(sha256, data) {
  if (!globalThis.crypto || !crypto.subtle) return true;
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("") === sha256;
}
