// @ts-check
/** What each window shows: whose number, and whether it flashes. No DOM and no clock here. */
import { Calls } from "../board/calls.js";

/**
 * @typedef {{tone: "come" | "serving" | "wait" | "paused" | "closed", number: string, line: string, flashing: boolean}} Desk
 * @typedef {import("../lib/screen.js").Frame} Frame
 */

export class Desks {
  /** @type {Map<string, Calls>} */ #calls = new Map();

  /** @param {string} code @param {Frame} frame @returns {Desk} */
  at(code, { whole, meta, at }) {
    const window = whole.windows[code] || {};
    const ticket = ticketAt(whole, code);
    const flashing = Boolean(ticket) && this.#flashing(code, whole.announcements, { at, now: meta.now, stale: meta.stale }, meta.synced);
    return { tone: toneOf(window, ticket), number: ticket ? ticket.number : "", line: ticket ? ticket.line : "", flashing: flashing && !meta.stale };
  }

  /** @param {string} code @param {any[]} all @param {import("../board/calls.js").Moment} moment @param {boolean} synced */
  #flashing(code, all, moment, synced) {
    if (!synced) return false;
    if (!this.#calls.has(code)) this.#calls.set(code, new Calls());
    const calls = /** @type {Calls} */ (this.#calls.get(code));
    return calls.update(all.filter((one) => one.window === code), moment).flashing;
  }
}

/** @param {import("../lib/reduce.js").HallState} state @param {string} code */
function ticketAt(state, code) {
  return Object.values(state.tickets).find((one) => one.window === code && (one.state === "called" || one.state === "serving"));
}

/** A ticket at a window that pauses, or that was closed under it, is still being served there.
 *  @param {Record<string, any>} window @param {Record<string, any> | undefined} ticket @returns {Desk["tone"]} */
function toneOf(window, ticket) {
  if (ticket) return ticket.state === "called" ? "come" : "serving";
  if (window.state === "open") return "wait";
  return window.state === "paused" ? "paused" : "closed";
}
