// @ts-check
/** What a screen of the hall looks like: the hall's layout with the defaults filled in, and what the address adds. */

/** The board of a screen whose address names none. */
export const MAIN = "main";

/** As in the server's own schema; a field that an older server does not send is its default. */
const BOARD = Object.freeze({
  theme: "deep", scale: 100, columns: 2, listed: 8, zones: [], lines: [], waiting: true, promise: true, second: null,
  notices: [], house_notices: true, media: [], qr: null, places: {},
});

/**
 * @typedef {typeof BOARD & {name: string, second: string | null, qr: {url: string, text?: string, text_en?: string} | null,
 *   notices: {text: string, text_en?: string}[], media: Record<string, any>[], zones: string[], lines: string[],
 *   places: Record<string, {direction?: string | null, floor?: string}>}} Board
 * @typedef {{zones: string[], lines: string[], board: string}} Asked what the address says; empty for nothing
 */

/** `?zone=a,b&line=A&board=east` @param {string} query @returns {Asked} */
export function askedBy(query) {
  const given = new URLSearchParams(query);
  const list = (/** @type {string} */ name) => (given.get(name) || "").split(",").map((one) => one.trim()).filter(Boolean);
  return { zones: list("zone"), lines: list("line"), board: given.get("board") || MAIN };
}

/**
 * The board of this name, or the hall's first. The address goes before the layout, and the zone that the
 * device was given before the layout's: one file serves screens that hang in different zones.
 * @param {Record<string, any> | null | undefined} layout @param {Asked} asked @param {string | null} [zone] the device's
 * @returns {Board}
 */
export function boardOf(layout, asked, zone = null) {
  const boards = (layout && layout.boards) || {};
  const name = boards[asked.board] ? asked.board : MAIN;
  const board = { ...BOARD, ...boards[name], name };
  if (asked.zones.length) board.zones = asked.zones;
  else if (zone) board.zones = [zone];
  if (asked.lines.length) board.lines = asked.lines;
  return /** @type {Board} */ (board);
}

/** Draw in the theme's colours and the lists at its size. @param {Board} board */
export function dress({ theme, scale }) {
  const root = document.documentElement;
  root.dataset.theme = theme;
  root.style.setProperty("--scale", String(scale / 100));
}
