// @ts-check
import { micros, minutesBetween } from "./turn.js";
/** @typedef {import("./types.js").Ticket} Ticket */
/** `reason` is a code, said as `promotion.<code>`. @typedef {{key: string, facts: Record<string, string | number>}} Sentence */

/** How much earlier a care ticket counts as come, in minutes (the server's rule). */
const CARE_CREDIT_MIN = 15;

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
  if (because.chosen) return chosen(because, number, waited, clockOf);
  /** @type {Sentence[]} */
  const parts = because.promoted
    ? [{ key: "counter.why.promoted", facts: { reason: because.promoted } }, { key: "counter.why.waited", facts: { number, minutes: waited } }]
    : [{ key: "counter.why.first", facts: { number, minutes: waited } }];
  if (ticket.target_window || ticket.target_clerk) parts.push({ key: "counter.why.kept", facts: {} });
  const credit = creditMinutes(ticket.reference_at, because.turn_at);
  const turn = clockOf(because.turn_at);
  // Back from parking or put first, the turn has another reason than the class.
  if (ticket.class === "care" && credit === CARE_CREDIT_MIN) parts.push({ key: "counter.why.care", facts: { minutes: credit, turn } });
  if (because.added_s > 0) parts.push({ key: "counter.why.secondary", facts: { minutes: because.added_s / 60 } });
  return [...parts, runnerUp(because.runner_up, ticket, clockOf)];
}

/**
 * A clerk chose the ticket: the reason, and whose turn it was.
 * @param {import("./types.js").Because} because
 * @param {string} number
 * @param {number} waited
 * @param {(iso: string) => string} clockOf
 * @returns {Sentence[]}
 */
function chosen({ chosen: reason, runner_up: passed }, number, waited, clockOf) {
  const parts = [
    { key: "counter.why.chosen", facts: { reason: reason || "" } },
    { key: "counter.why.waited", facts: { number, minutes: waited } },
  ];
  if (!passed) return parts;
  return [...parts, { key: "counter.why.passed", facts: { number: passed.number, turn: clockOf(passed.turn_at) } }];
}

/**
 * Who would have been next: how much later that one came, and what head start did not make up for it.
 * @param {import("./types.js").RunnerUp | null} other
 * @param {Ticket} ticket
 * @param {(iso: string) => string} clockOf
 * @returns {Sentence}
 */
function runnerUp(other, ticket, clockOf) {
  if (!other) return { key: "counter.why.alone", facts: {} };
  const { number } = other;
  const care = other.class === "care";
  const turn = { key: care ? "counter.why.next_care" : "counter.why.next", facts: { number, turn: clockOf(other.turn_at) } };
  // A call of before this was recorded, and a turn that is not the wait and the class alone.
  if (!other.reference_at || creditMinutes(other.reference_at, other.turn_at) !== (care ? CARE_CREDIT_MIN : 0)) return turn;
  const minutes = Math.round((micros(other.reference_at) - micros(ticket.reference_at)) / 60_000_000);
  // Came earlier and was next all the same: another's head start, or a secondary line.
  if (minutes < 0) return turn;
  if (!care) return { key: "counter.why.next_later", facts: { number, minutes } };
  return { key: "counter.why.next_care_later", facts: { number, minutes, credit: CARE_CREDIT_MIN } };
}

/**
 * How much earlier the turn counts than the wait began, in whole minutes.
 * @param {string} reference
 * @param {string} turn
 */
function creditMinutes(reference, turn) {
  return Math.round((micros(reference) - micros(turn)) / 60_000_000);
}
