// @ts-check
/** @typedef {import("./types.js").Ticket} Ticket */
/** @typedef {import("./types.js").Window} Window */

/** How much later a window counts the tickets of its secondary lines, in seconds. */
export const SECONDARY_S = 600;

/**
 * Microseconds since 1970. `Date` stops at milliseconds, and a reinstated ticket stands one
 * microsecond behind another.
 * @param {string} iso
 */
export function micros(iso) {
  const [seconds, fraction = ""] = iso.replace("Z", "").split(".");
  return Date.parse(`${seconds}Z`) * 1000 + Number(fraction.padEnd(6, "0").slice(0, 6));
}

/**
 * Whole minutes between two instants, never below zero.
 * @param {string | null | undefined} from
 * @param {Date | number | string | null | undefined} to
 * @returns {number | null}
 */
export function minutesBetween(from, to) {
  if (!from || !to) return null;
  const elapsed = new Date(to).getTime() - Date.parse(from);
  return Math.max(0, Math.floor(elapsed / 60_000));
}

/**
 * When a ticket's turn comes at this window, in microseconds; null when the window cannot call it.
 * @param {Ticket} ticket
 * @param {Window} window
 */
function turnAt(ticket, window) {
  if (ticket.state !== "waiting") return null;
  if (ticket.target_window && ticket.target_window !== window.code) return null;
  if (window.lines.includes(ticket.line)) return micros(ticket.turn_at);
  if (!window.secondary.includes(ticket.line)) return null;
  return micros(ticket.turn_at) + SECONDARY_S * 1_000_000;
}

/**
 * The tickets this window would call, first one first. For display: the server chooses again.
 * @param {Window} window
 * @param {Record<string, Ticket>} tickets
 * @returns {Ticket[]}
 */
export function queueOf(window, tickets) {
  /** @type {{ticket: Ticket, turn: number}[]} */
  const queue = [];
  for (const ticket of Object.values(tickets)) {
    const turn = turnAt(ticket, window);
    if (turn !== null) queue.push({ ticket, turn });
  }
  queue.sort((a, b) => a.turn - b.turn || a.ticket.ordinal - b.ticket.ordinal);
  return queue.map(({ ticket }) => ticket);
}

/**
 * The ticket at the window now.
 * @param {string} code
 * @param {Record<string, Ticket>} tickets
 */
export function ticketAt(code, tickets) {
  const atWindow = (/** @type {Ticket} */ ticket) =>
    ticket.window === code && (ticket.state === "called" || ticket.state === "serving");
  return Object.values(tickets).find(atWindow) || null;
}

/**
 * Who was missed lately in the lines of the window, latest first.
 * @param {Window} window
 * @param {Record<string, Ticket>} tickets
 * @param {Date | null} [now] hall time
 */
export function missedOf(window, tickets, now = null) {
  const lines = [...window.lines, ...window.secondary];
  return Object.values(tickets)
    .filter((ticket) => ticket.state === "missed" && lines.includes(ticket.line) && isRecent(ticket, now))
    .sort((a, b) => String(b.missed_at).localeCompare(String(a.missed_at)));
}

/** The list is for people who may still come; how long they may is the server's rule, not this. */
const LISTED_MS = 45 * 60_000;

/** @param {Ticket} ticket @param {Date | null} now hall time; null before the first news */
function isRecent(ticket, now) {
  return !now || !ticket.missed_at || now.getTime() - Date.parse(ticket.missed_at) < LISTED_MS;
}

/**
 * How many wait in a line, and since when the first of them.
 * @param {string} letter
 * @param {Record<string, Ticket>} tickets
 * @returns {{letter: string, waiting: number, since: string | null}}
 */
export function lineLoad(letter, tickets) {
  const joined = Object.values(tickets)
    .filter((ticket) => ticket.state === "waiting" && ticket.line === letter)
    .map((ticket) => ticket.joined_at)
    .sort();
  return { letter, waiting: joined.length, since: joined[0] || null };
}
