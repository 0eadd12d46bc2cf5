// @ts-check
/** @typedef {import("./types.js").Announcement} Announcement */
/** @typedef {{shown: number, of: number, tone: "good" | "soft" | "warn"}} Shown `shown` 0: no screen shows it */

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
 * Whether the latest call of a number was spoken, and on how many screens it was shown.
 * @param {Announcement[]} announcements
 * @param {string} number
 * @returns {{state: string, tone: string, at: string, shown: Shown | null} | null} null when there is none of it
 */
export function spokenOf(announcements, number) {
  const own = announcements.filter((announcement) => announcement.number === number);
  if (own.length === 0) return null;
  const latest = own.reduce((a, b) => (b.seq > a.seq ? b : a));
  const at = latest.ended_at || latest.at;
  return { state: latest.state, tone: TONES[latest.state] || "soft", at, shown: shownOf(latest) };
}

/**
 * What the screens proved; null as long as nothing is known, or where no screen says what it draws.
 * @param {Announcement} call
 * @returns {Shown | null}
 */
function shownOf({ shown, of, unshown_at: unshownAt }) {
  if (shown && of) return { shown, of, tone: shown === of ? "good" : "soft" };
  return unshownAt ? { shown: 0, of: 0, tone: "warn" } : null;
}
