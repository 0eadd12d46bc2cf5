// @ts-check
/** Which windows, lines and calls belong to a screen. A server that knows no zones has one: the whole hall. */

/** @typedef {import("./reduce.js").HallState} HallState @typedef {{zones: string[], lines: string[]}} Scope */

/** The zone of a window that was never put into one. */
const WHOLE = "hall";

/** @param {Scope} scope */
export const isWhole = ({ zones, lines }) => !zones.length && !lines.length;

/** @param {Record<string, any> | undefined} window */
const served = (window) => (window ? [...(window.lines || []), ...(window.secondary || [])] : []);

/** @param {Record<string, any>} window @param {Scope} scope */
function holds(window, { zones, lines }) {
  if (zones.length && !zones.includes(window.zone || WHOLE)) return false;
  return !lines.length || served(window).some((letter) => lines.includes(letter));
}

/**
 * The hall as this screen shows it: its windows, the lines that they serve, and the calls to them. A call
 * keeps the zone it was made in, should its window be moved since.
 * @param {HallState} state @param {Scope} scope @returns {HallState}
 */
export function narrowed(state, scope) {
  if (isWhole(scope)) return state;
  const windows = Object.fromEntries(Object.entries(state.windows).filter(([, one]) => holds(one, scope)));
  const letters = new Set(scope.lines.length ? scope.lines : Object.values(windows).flatMap(served));
  const lines = Object.fromEntries(Object.entries(state.lines).filter(([letter]) => letters.has(letter)));
  const announcements = state.announcements.filter((call) => belongs(call, windows, scope));
  return { ...state, windows, lines, announcements };
}

/** @param {Record<string, any>} call @param {Record<string, any>} windows @param {Scope} scope */
function belongs(call, windows, { zones, lines }) {
  if (lines.length && !lines.includes(call.line)) return false;
  if (!zones.length) return true;
  return call.zone ? zones.includes(call.zone) : Boolean(windows[call.window]);
}
