// @ts-check
import { micros, minutesBetween } from "./turn.js";
/** @typedef {import("./types.js").Ticket} Ticket */
/** @typedef {{key: string, facts: Record<string, string | number>}} Sentence */

/**
 * Why this ticket was called: keys and facts of the sentences, in order. Empty when the call did
 * not choose among others (a missed person stood at the window).
 * @param {Ticket} ticket
 * @param {(iso: string) => string} clockOf formats an instant as hall time
 * @returns {Sentence[]}
 */
export function whyCalled(ticket, clockOf) {
  const because = ticket.because;
  if (!because) return [];
  const waited = minutesBetween(ticket.joined_at, ticket.called_at) || 0;
  const number = ticket.number;
  /** @type {Sentence[]} */
  const parts = [{ key: "counter.why.first", facts: { number, minutes: waited } }];
  const credit = creditMinutes(ticket.reference_at, because.turn_at);
  const turn = clockOf(because.turn_at);
  if (ticket.class === "care" && credit > 0) parts.push({ key: "counter.why.care", facts: { minutes: credit, turn } });
  if (because.added_s > 0) parts.push({ key: "counter.why.secondary", facts: { minutes: because.added_s / 60 } });
  return [...parts, runnerUp(because.runner_up, clockOf)];
}

/**
 * @param {import("./types.js").RunnerUp | null} other
 * @param {(iso: string) => string} clockOf
 * @returns {Sentence}
 */
function runnerUp(other, clockOf) {
  if (!other) return { key: "counter.why.alone", facts: {} };
  const key = other.class === "care" ? "counter.why.next_care" : "counter.why.next";
  return { key, facts: { number: other.number, turn: clockOf(other.turn_at) } };
}

/**
 * How much earlier the turn counts than the wait began, in whole minutes.
 * @param {string} reference
 * @param {string} turn
 */
function creditMinutes(reference, turn) {
  return Math.round((micros(reference) - micros(turn)) / 60_000_000);
}
