// @ts-check
/** @typedef {import("./types.js").Ticket} Ticket */
/** @typedef {import("./types.js").Window} Window */
/** @typedef {import("./rules.js").Rules} Rules */

/**
 * What the one large button does. The server decides whether it may; this only chooses the word.
 * @param {Window} window
 * @param {Ticket | null} ticket the ticket at the window
 * @param {Ticket | undefined} next the first of the window's queue
 * @param {string | number | null} me staff id of the clerk at this page
 * @param {Pick<Rules, "one_press" | "arrival">} [rules]
 * @returns {{name: string, number: string | null}}
 */
export function nextAction(window, ticket, next, me, rules = { one_press: true, arrival: true }) {
  const nextNumber = next ? next.number : null;
  if (window.state === "closed") return { name: "open", number: null };
  if (isTaken(window, me)) return { name: "choose", number: null };
  // A pause never holds a ticket, but a finish may be taken back in one: the person comes first.
  if (window.state === "paused" && !ticket) return { name: "resume", number: null };
  if (!ticket) return { name: "call", number: nextNumber };
  // Where nobody is asked for the arrival, the next thing after a call is its end.
  if (ticket.state === "called" && rules.arrival) return { name: "start", number: ticket.number };
  if (!rules.one_press || window.state === "paused") return { name: "finish", number: ticket.number };
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

/** The keys beside the space bar. `alarm` is a key that no hand meets by accident. */
export const KEYS = Object.freeze({
  recall: "R",
  start: "S",
  miss: "M",
  miss_as: "N",
  transfer: "T",
  finish: "F",
  finish_as: "G",
  case: "+",
  park: "H",
  leave: "L",
  pause: "P",
  pick: "C",
  issue: "I",
  move: "W",
  close: "Q",
  undo: "U",
  parked: "B",
  accept: "Y",
  rating: "E",
  take_over: "O",
  alarm: "F9",
});

const WHEN_CALLED = ["recall", "miss", "miss_as", "transfer", "leave", "issue"];
/** Where no arrival is asked for: who was called may be in service already, or be said to have come. */
const WHEN_CALLED_OR_COME = ["recall", "miss", "miss_as", "start", "finish", "finish_as", "transfer", "leave", "issue"];
const WHEN_SERVING = ["finish", "finish_as", "case", "park", "transfer", "issue"];
const WHEN_IDLE = ["pause", "pick", "issue", "move", "close"];
const WHEN_PAUSED = ["issue", "move", "close"];

/**
 * The actions that make sense now, in the order of their buttons.
 * @param {Window} window
 * @param {Ticket | null} ticket
 * @param {string | number | null} me
 * @param {Pick<Rules, "choose" | "arrival">} [rules]
 * @returns {string[]}
 */
export function possible(window, ticket, me, rules = { choose: false, arrival: true }) {
  if (window.state === "closed") return [];
  if (isTaken(window, me)) return ["take_over"];
  if (ticket && ticket.state !== "called") return WHEN_SERVING;
  if (ticket) return rules.arrival ? WHEN_CALLED : WHEN_CALLED_OR_COME;
  const forWindow = window.state === "open" ? WHEN_IDLE : WHEN_PAUSED;
  return forWindow.filter((action) => action !== "pick" || rules.choose);
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
  // Help is asked for from wherever the hands are; the key writes nothing.
  if (event.key === KEYS.alarm) return "alarm";
  if (focus.dialog || focus.editable || TYPING.includes(focus.tag)) return null;
  if (event.key === " ") return ["BUTTON", "A", "SUMMARY"].includes(focus.tag) ? null : "next";
  // The plus stands above the equals sign, where no keypad is at hand.
  const pressed = event.key === "=" ? KEYS.case : event.key.toUpperCase();
  const found = Object.entries(KEYS).find(([, key]) => key === pressed);
  return found ? found[0] : null;
}
