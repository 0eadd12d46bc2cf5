// @ts-check
import { byPlace } from "../counter/shared/place.js";
import { minutesBetween } from "../counter/turn.js";

/** @typedef {import("../counter/types.js").HallState} HallState */

/** From how many minutes a ticket in service, or one that was called, asks for a look. */
const LONG_SERVICE = 30;
const LONG_CALL = 5;

/**
 * @typedef {object} Tile
 * @property {import("../counter/types.js").Window} window
 * @property {"serving" | "called" | "idle" | "paused" | "closed"} state
 * @property {string | null} number the ticket at the window
 * @property {number | null} minutes since the call, the start, or the window's last change
 * @property {boolean} long
 */

/**
 * @param {HallState} state
 * @param {Date} now
 * @returns {Tile[]}
 */
export function tilesOf(state, now) {
  /** @type {Map<string, import("../counter/types.js").Ticket>} */
  const at = new Map();
  for (const ticket of Object.values(state.tickets)) {
    if (ticket.window && (ticket.state === "called" || ticket.state === "serving")) at.set(ticket.window, ticket);
  }
  return Object.values(state.windows).sort(byPlace).map((window) => tileOf(window, at.get(window.code), now));
}

/**
 * @param {import("../counter/types.js").Window} window
 * @param {import("../counter/types.js").Ticket | undefined} ticket
 * @param {Date} now
 * @returns {Tile}
 */
function tileOf(window, ticket, now) {
  if (ticket) {
    const serving = ticket.state === "serving";
    const minutes = minutesBetween(serving ? ticket.started_at : ticket.called_at, now);
    const long = (minutes || 0) >= (serving ? LONG_SERVICE : LONG_CALL);
    return { window, state: serving ? "serving" : "called", number: ticket.number, minutes, long };
  }
  const state = window.state === "open" ? "idle" : window.state;
  const minutes = state === "closed" ? null : minutesBetween(window.since, now);
  return { window, state, number: null, minutes, long: false };
}

/**
 * How many windows are in each state.
 * @param {Tile[]} tiles
 */
export function tally(tiles) {
  const counts = { busy: 0, idle: 0, paused: 0, closed: 0 };
  for (const { state } of tiles) counts[state === "serving" || state === "called" ? "busy" : state] += 1;
  return counts;
}
