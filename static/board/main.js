// @ts-check
/** Starts the board and keeps it running for months. */
import { language } from "../lib/i18n.js";
import { startScreen } from "../lib/screen.js";
import { html } from "../lib/ui.js";
import { App, isOver } from "./app.js";
import { Calls } from "./calls.js";
import { Drawn } from "./drawn.js";
import { History } from "./history.js";
import { shapeOf } from "./lists.js";
import { Playlist } from "./playlist.js";
import { isHidden } from "./stale.js";
import { pagesOf, rowsOf } from "./waiting.js";

const page = /** @type {HTMLElement} */ (document.getElementById("page"));
const portrait = matchMedia("(orientation: portrait)");
const calls = new Calls();
const history = new History();
const drawn = new Drawn();
const playlist = new Playlist();
const NOTHING = { latest: null, previous: [], flashing: false, owed: [], dueIn: Infinity };

/** @param {import("../lib/screen.js").Frame} frame */
function picture(frame) {
  const { state, whole, meta, board, second, at } = frame;
  const shape = shapeOf(board, portrait.matches);
  const day = `${meta.epoch} ${whole.day && whole.day.date}`;
  const mine = history.update(whole.announcements, state.announcements, day);
  // What was called before this page knew the hall is not news to it.
  const shown = meta.synced ? calls.update(mine, { at, now: meta.now, stale: meta.stale, listed: shape.listed }) : NOTHING;
  const twoLines = Boolean(second) || language() === "en";
  const rows = rowsOf({ portrait: portrait.matches, coded: Boolean(board.qr), twoLines, stale: meta.stale });
  const turn = playlist.turn(board.waiting ? pagesOf(state, rows) : 0, board.media, at);
  const view = html`<${App} frame=${frame} shown=${shown} shape=${shape} turn=${turn} rows=${rows} playlist=${playlist} />`;
  return { view, dueIn: shown.dueIn, shown: proof(mine, shown, !meta.synced || isHidden(meta) || isOver(whole)) };
}

/** @param {any[]} mine @param {import("./calls.js").Shown} shown @param {boolean} blank */
function proof(mine, { latest, previous, owed }, blank) {
  const on = latest && !blank ? [latest, ...previous] : [];
  return blank ? drawn.upTo : drawn.note(mine, on.map((one) => one.seq), owed);
}

startScreen(page, ["board"], picture);
