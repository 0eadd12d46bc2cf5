// @ts-check
import { nameOf, windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { Footer, Header } from "./frame.js";
import { Latest, Nothing } from "./latest.js";
import { Previous, Waiting } from "./lists.js";
import { Hidden, Stale } from "./stale.js";

/** Numbers that may be wrong by more than this are not shown, in s. */
const HIDE_AFTER_S = 60;

/**
 * @typedef {{lang: string, t: import("../lib/i18n.js").Translate} | null} Second
 * @typedef {{state: import("../lib/reduce.js").HallState, meta: import("../lib/news.js").Meta,
 *   shown: import("./calls.js").Shown, second: Second}} AppProps
 */

/** @param {AppProps} props */
export function App({ state, meta, shown, second }) {
  document.title = titleOf(state, meta, shown);
  if (!meta.synced && !meta.stale) return html`<p class="starting" role="status">${t("board.starting")}</p>`;
  const hidden = meta.stale && (!meta.synced || meta.staleForS >= HIDE_AFTER_S);
  return html`
    <${Header} hall=${state.hall} now=${meta.now} second=${second} />
    ${meta.stale && html`<${Stale} seconds=${meta.staleForS} second=${second} />`}
    <main class="content">
      ${hidden ? html`<${Hidden} second=${second} />` : html`<${Content} state=${state} meta=${meta} shown=${shown} second=${second} />`}
    </main>
    <${Footer} hall=${state.hall} now=${meta.now} second=${second} />
  `;
}

/** @param {AppProps} props */
function Content({ state, meta, shown, second }) {
  if (isOver(state)) return html`<${Nothing} state=${state} now=${meta.now} second=${second} />`;
  return html`
    ${shown.latest
      ? html`<${Latest} call=${shown.latest} flashing=${shown.flashing && !meta.stale} state=${state} second=${second} />`
      : html`<${Nothing} state=${state} now=${meta.now} second=${second} />`}
    <${Previous} calls=${shown.previous} state=${state} second=${second} />
    <${Waiting} state=${state} second=${second} />
  `;
}

/** Yesterday's calls are nobody's business on a closed day; while it closes, people are still called.
 *  @param {AppProps["state"]} state */
function isOver({ day }) {
  return !day || day.state === "closed";
}

/** @param {AppProps["state"]} state @param {AppProps["meta"]} meta @param {AppProps["shown"]} shown */
function titleOf(state, meta, { latest }) {
  const hall = nameOf(state.hall) || t("app.name");
  if (meta.stale) return t("board.title_stale", { hall });
  if (!latest || isOver(state)) return t("board.title", { hall });
  return t("board.title_call", { number: latest.number, window: windowName(state.windows[latest.window] || { code: latest.window }) });
}
