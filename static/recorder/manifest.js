// @ts-check
/** The bank that the recordings make: the form that HALL_VOICE_BANK takes (docs/voice.md, The bank). */

/** @typedef {{key: string, text: string, lang: string, ms: number, wav: Uint8Array}} Recording */

const VERSION = 1;

/** A flat name: a box looks for clips beside the manifest only. @param {string} key */
export const archiveOf = (key) => `${key.replaceAll("/", "-")}.wav`;

/** @param {Recording[]} recordings @param {{voice: string, licence: string}} words @returns {Promise<import("./zip.js").File[]>} */
export async function bank(recordings, { voice, licence }) {
  const sorted = [...recordings].sort((one, other) => (one.key < other.key ? -1 : 1));
  const clips = await Promise.all(sorted.map(async ({ key, text, lang, ms, wav }) => ({
    key, text, lang, sha256: await sha256(wav), ms, archive: archiveOf(key),
  })));
  const manifest = { version: VERSION, voice, licence, clips };
  const files = sorted.map(({ key, wav }) => ({ name: archiveOf(key), data: wav }));
  return [{ name: "manifest.json", data: new TextEncoder().encode(`${JSON.stringify(manifest, null, 1)}\n`) }, ...files];
}

/** @param {Uint8Array} data */
async function sha256(data) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", /** @type {any} */ (data)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
