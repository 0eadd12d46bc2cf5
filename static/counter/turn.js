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
 * The lines a window calls from: its own, and those it helps. The skills of the clerk who sits there
 * narrow both; null is every line.
 * @param {Pick<Window, "lines" | "secondary"> & {skills?: string[] | null}} window
 */
export function servedBy({ lines, secondary, skills }) {
  const may = (/** @type {string} */ letter) => !skills || skills.includes(letter);
  const helped = secondary.filter((letter) => !lines.includes(letter) && may(letter));
  return { own: lines.filter(may), helped };
}

/**
 * Whether the ticket is kept for another window or clerk than these.
 * @param {Ticket} ticket
 * @param {Window} window
 */
function isKeptElsewhere({ target_window: code, target_clerk: clerk }, window) {
  return Boolean((code && code !== window.code) || (clerk && clerk !== window.clerk));
}

/**
 * The tickets this window would call, first one first. For display: the server chooses again.
 * @param {Window} window
 * @param {Record<string, Ticket>} tickets
 * @returns {Ticket[]}
 */
export function queueOf(window, tickets) {
  const { own, helped } = servedBy(window);
  /** @type {{ticket: Ticket, turn: number}[]} */
  const queue = [];
  for (const ticket of Object.values(tickets)) {
    if (ticket.state !== "waiting" || isKeptElsewhere(ticket, window)) continue;
    if (own.includes(ticket.line)) queue.push({ ticket, turn: micros(ticket.turn_at) });
    if (helped.includes(ticket.line)) queue.push({ ticket, turn: micros(ticket.turn_at) + SECONDARY_S * 1_000_000 });
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
  return inLinesOf(window, tickets, "missed")
    .filter((ticket) => isRecent(ticket, now))
    .sort((a, b) => String(b.missed_at).localeCompare(String(a.missed_at)));
}

/**
 * Who was set aside in the lines of the window: who said when they would be back comes first, by that time.
 * @param {Window} window
 * @param {Record<string, Ticket>} tickets
 */
export function parkedOf(window, tickets) {
  const time = (/** @type {Ticket} */ ticket) => ticket.return_at || "9999";
  return inLinesOf(window, tickets, "parked")
    .sort((a, b) => time(a).localeCompare(time(b)) || a.ordinal - b.ordinal);
}

/**
 * @param {Window} window
 * @param {Record<string, Ticket>} tickets
 * @param {Ticket["state"]} state
 */
function inLinesOf(window, tickets, state) {
  const { own, helped } = servedBy(window);
  const here = (/** @type {Ticket} */ ticket) => own.includes(ticket.line) || helped.includes(ticket.line);
  return Object.values(tickets).filter((ticket) => ticket.state === state && here(ticket));
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
