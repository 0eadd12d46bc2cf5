// @ts-check
import { nameOf, windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { Footer, Header } from "./frame.js";
import { Latest, Nothing } from "./latest.js";
import { Previous } from "./lists.js";
import { Side } from "./side.js";
import { Hidden, Stale, isHidden } from "./stale.js";

/**
 * @typedef {import("../lib/screen.js").Frame} Frame
 * @typedef {{frame: Frame, shown: import("./calls.js").Shown, shape: {columns: number, rows: number, listed: number},
 *   turn: import("./playlist.js").Turn | null, rows: number, playlist: import("./playlist.js").Playlist}} AppProps
 */

/** @param {AppProps} props */
export function App(props) {
  const { frame, shown } = props;
  const { whole, meta, second } = frame;
  document.title = titleOf(whole, meta, shown);
  if (!meta.synced && !meta.stale) return html`<p class="starting" role="status">${t("board.starting")}</p>`;
  return html`
    <${Header} frame=${frame} />
    ${meta.stale && html`<${Stale} seconds=${meta.staleForS} second=${second} />`}
    ${isHidden(meta)
      ? html`<main class="content"><${Hidden} second=${second} /></main>`
      : html`<${Content} ...${props} />`}
    <${Footer} frame=${frame} />
  `;
}

/** @param {AppProps} props */
function Content({ frame, shown, shape, turn, rows, playlist }) {
  const { latest, previous, flashing } = shown;
  if (isOver(frame.whole)) return html`<main class="content"><${Nothing} frame=${frame} /></main>`;
  const beside = turn || frame.board.qr;
  return html`
    <main class=${`content ${beside ? "" : "alone"}`}>
      ${latest
        ? html`<${Latest} call=${latest} flashing=${flashing && !frame.meta.stale} frame=${frame} />`
        : html`<${Nothing} frame=${frame} />`}
      <${Previous} calls=${previous} shape=${shape} alone=${!beside} frame=${frame} />
      ${beside && html`<${Side} turn=${turn} rows=${rows} frame=${frame} playlist=${playlist} />`}
    </main>
  `;
}

/** Yesterday's calls are nobody's business on a closed day; while it closes, people are still called.
 *  @param {import("../lib/reduce.js").HallState} state */
export function isOver({ day }) {
  return !day || day.state === "closed";
}

/** @param {Frame["whole"]} state @param {Frame["meta"]} meta @param {AppProps["shown"]} shown */
function titleOf(state, meta, { latest }) {
  const hall = nameOf(state.hall) || t("app.name");
  if (meta.stale) return t("board.title_stale", { hall });
  if (!latest || isOver(state)) return t("board.title", { hall });
  return t("board.title_call", { number: latest.number, window: windowName(state.windows[latest.window] || { code: latest.window }) });
}
