// @ts-check
import { byPlace } from "../counter/shared/place.js";
import { longServiceS } from "../counter/long-service.js";
import { rulesOf } from "../counter/rules.js";
import { minutesBetween } from "../counter/turn.js";

/** @typedef {import("../counter/types.js").HallState} HallState */

/** From when a ticket in service asks for a look where nothing is known of its line, and one that was called, in seconds. */
const LONG_SERVICE_S = 1800;
const LONG_CALL_S = 300;

/**
 * @typedef {object} Tile
 * @property {import("../counter/types.js").Window} window
 * @property {"serving" | "called" | "idle" | "paused" | "closed"} state
 * @property {string | null} number the ticket at the window
 * @property {number | null} minutes since the call, the start, or the window's last change
 * @property {boolean} long
 * @property {boolean} left a ticket is there and nobody sits there
 * @property {boolean} alarm somebody calls for help
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
  const alarms = new Set(Object.values(state.alarms || {}).map((alarm) => alarm.window));
  return Object.values(state.windows).sort(byPlace).map((window) => {
    const ticket = at.get(window.code);
    const alarm = alarms.has(window.code);
    return ticket ? busyTile(window, ticket, state, now, alarm) : emptyTile(window, now, alarm);
  });
}

/**
 * @param {import("../counter/types.js").Window} window
 * @param {import("../counter/types.js").Ticket} ticket
 * @param {HallState} state
 * @param {Date} now
 * @param {boolean} alarm
 * @returns {Tile}
 */
function busyTile(window, ticket, state, now, alarm) {
  const serving = ticket.state === "serving";
  const since = serving ? ticket.started_at : ticket.called_at;
  // Where no arrival is asked for, the service counts from the call.
  const allowed = serving || !rulesOf(state.hall).arrival ? longServiceS(state.lines[ticket.line]) || LONG_SERVICE_S : LONG_CALL_S;
  const long = since ? now.getTime() - Date.parse(since) >= allowed * 1000 : false;
  const left = window.state === "closed";
  return { window, state: serving ? "serving" : "called", number: ticket.number, minutes: minutesBetween(since, now), long, left, alarm };
}

/**
 * @param {import("../counter/types.js").Window} window
 * @param {Date} now
 * @param {boolean} alarm
 * @returns {Tile}
 */
function emptyTile(window, now, alarm) {
  const state = window.state === "open" ? "idle" : window.state;
  const minutes = state === "closed" ? null : minutesBetween(window.since, now);
  return { window, state, number: null, minutes, long: false, left: false, alarm };
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
