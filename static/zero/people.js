// @ts-check
import { micros } from "../counter/turn.js";

/**
 * Those who wait, whose turn is next first: at the zero window, or wherever their number has the text.
 * @param {{tickets: Record<string, any>, lines: Record<string, any>}} state @param {string} text
 */
export function peopleOf(state, text) {
  const wanted = text.normalize("NFKC").trim().toUpperCase();
  const isZero = (/** @type {any} */ ticket) => state.lines[ticket.line]?.kind === "zero";
  return Object.values(state.tickets)
    .filter((ticket) => ticket.state === "waiting" && (wanted ? ticket.number.includes(wanted) : isZero(ticket)))
    .sort((a, b) => micros(a.turn_at) - micros(b.turn_at) || a.ordinal - b.ordinal);
}
