// @ts-check
/** @typedef {import("./types.js").Announcement} Announcement */

/** How each state of an announcement reads to the clerk. */
const TONES = Object.freeze({
  queued: "soft",
  started: "now",
  ended: "good",
  failed: "warn",
  unspoken: "warn",
  replaced: "soft",
});

/**
 * Whether the latest call of a number was spoken.
 * @param {Announcement[]} announcements
 * @param {string} number
 * @returns {{state: string, tone: string, at: string} | null} null when there is none of it
 */
export function spokenOf(announcements, number) {
  const own = announcements.filter((announcement) => announcement.number === number);
  if (own.length === 0) return null;
  const latest = own.reduce((a, b) => (b.seq > a.seq ? b : a));
  return { state: latest.state, tone: TONES[latest.state] || "soft", at: latest.at };
}
