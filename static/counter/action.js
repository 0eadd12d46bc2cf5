// @ts-check
/** @typedef {import("./types.js").Ticket} Ticket */
/** @typedef {import("./types.js").Window} Window */

/**
 * What the one large button does. The server decides whether it may; this only chooses the word.
 * @param {Window} window
 * @param {Ticket | null} ticket the ticket at the window
 * @param {Ticket | undefined} next the first of the window's queue
 * @param {string | number | null} me staff id of the clerk at this page
 * @returns {{name: string, number: string | null}}
 */
export function nextAction(window, ticket, next, me) {
  const nextNumber = next ? next.number : null;
  if (window.state === "closed") return { name: "open", number: null };
  if (isTaken(window, me)) return { name: "choose", number: null };
  if (window.state === "paused") return { name: "resume", number: null };
  if (!ticket) return { name: "call", number: nextNumber };
  if (ticket.state === "called") return { name: "start", number: ticket.number };
  return { name: "finish_and_call", number: nextNumber };
}

/**
 * Somebody else sits at the window.
 * @param {Window} window
 * @param {string | number | null} me
 */
export function isTaken(window, me) {
  return window.state !== "closed" && window.clerk !== null && window.clerk !== me;
}

/**
 * The window where this clerk sits, wherever the order came from.
 * @param {Record<string, Window>} windows
 * @param {string | number | null} me
 */
export function seatOf(windows, me) {
  return Object.values(windows).find((window) => window.state !== "closed" && window.clerk === me) || null;
}

/** The keys beside the space bar, in the order of the buttons. */
export const KEYS = Object.freeze({
  recall: "R",
  miss: "M",
  transfer: "T",
  finish: "F",
  leave: "L",
  pause: "P",
  close: "Q",
});

const WHEN_CALLED = ["recall", "miss", "transfer", "leave"];
const WHEN_SERVING = ["transfer", "finish"];

/**
 * The actions that make sense now; the others are shown as resting.
 * @param {Window} window
 * @param {Ticket | null} ticket
 * @param {string | number | null} me
 * @returns {Set<string>}
 */
export function possible(window, ticket, me) {
  if (window.state === "closed" || isTaken(window, me)) return new Set();
  const forTicket = !ticket ? [] : ticket.state === "called" ? WHEN_CALLED : WHEN_SERVING;
  const forWindow = ticket ? [] : window.state === "open" ? ["pause", "close"] : ["close"];
  return new Set([...forTicket, ...forWindow]);
}

/** Elements that need the keys for themselves. */
const TYPING = ["INPUT", "TEXTAREA", "SELECT"];

/**
 * The action a key asks for, or null when the key is not ours.
 *
 * Space on a focused button or link presses that one, as everywhere; only the page itself gives the
 * space bar to the large button. `event.repeat` is a key held down: one press serves one person.
 * @param {{key: string, repeat?: boolean, ctrlKey?: boolean, altKey?: boolean, metaKey?: boolean, isComposing?: boolean}} event
 * @param {{tag: string, editable: boolean, dialog: boolean}} focus
 * @returns {string | null} "next" for the large button
 */
export function actionOfKey(event, focus) {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return null;
  if (focus.dialog || focus.editable || TYPING.includes(focus.tag)) return null;
  if (event.key === " ") return ["BUTTON", "A", "SUMMARY"].includes(focus.tag) ? null : "next";
  const found = Object.entries(KEYS).find(([, key]) => key === event.key.toUpperCase());
  return found ? found[0] : null;
}
