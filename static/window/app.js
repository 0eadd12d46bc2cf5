// @ts-check
import { isOver } from "../board/app.js";
import { fitted, screenInRem } from "../board/fit.js";
import { Hidden, Stale, isHidden } from "../board/stale.js";
import { hallTime, nameOf, windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { Zero } from "./zero.js";

/** The address of the display for all desks of the zero window. */
const ALL_DESKS = "zero";
/** The largest number, and sentence, in rem; and what the edges take. */
const LARGEST = { number: 27, said: 17 };
const EDGES = 8;

export function App({ code, frame, desks, name }) {
  const { whole, meta, second } = frame;
  if (!meta.synced && !meta.stale) return html`<p class="starting" role="status">${t("board.starting")}</p>`;
  const window = whole.windows[code];
  const all = code === ALL_DESKS;
  if (!window && !all) return html`<p class="starting" role="alert">${t("window_display.unknown", { code })}</p>`;
  const title = all ? t("window_display.zero") : windowName(window);
  document.title = meta.stale ? t("board.title_stale", { hall: nameOf(whole.hall) }) : titleOf(title, frame, all ? null : desks.at(code, frame));
  return html`
    <${Head} title=${title} window=${window} frame=${frame} />
    ${meta.stale && html`<${Stale} seconds=${meta.staleForS} second=${second} />`}
    ${isHidden(meta)
      ? html`<main class="content alone"><${Hidden} second=${second} /></main>`
      : all ? html`<${Zero} frame=${frame} desks=${desks} />` : html`<${Desk} window=${window} desk=${desks.at(code, frame)} frame=${frame} />`}
    ${!all && html`<${Foot} window=${window} name=${name} frame=${frame} />`}
  `;
}

/** @param {string} title @param {import("../lib/screen.js").Frame} frame @param {any} desk */
function titleOf(title, { whole }, desk) {
  if (desk && desk.tone === "come") return t("board.title_call", { number: desk.number, window: title });
  return t("window_display.title", { window: title, hall: nameOf(whole.hall) });
}

function Head({ title, window, frame }) {
  const { whole, meta, second } = frame;
  const other = second && (window ? windowName(window, second.t) : second.t("window_display.zero"));
  return html`
    <header class="header window-head">
      <h1 class="window-name">${title}${other && html`<span class="second" lang=${second.lang}>${other}</span>`}</h1>
      <time class="clock number">${hallTime(meta.now, whole.hall.timezone)}</time>
    </header>
  `;
}

function Desk({ window, desk, frame }) {
  const { whole, second } = frame;
  // On a closed day nobody is at a window, whatever is left from yesterday.
  const tone = isOver(whole) ? "closed" : desk.tone;
  const number = tone === desk.tone ? desk.number : "";
  const key = `window_display.${tone}`;
  return html`
    <main class=${`desk ${tone} ${desk.flashing && number ? "flashing" : ""}`} style=${sizes(number, t(key))} key=${window.code}>
      <div class="desk-field" role="status">
      ${number
        ? html`<p class="desk-says">${t(key)}${second && html`<span class="second" lang=${second.lang}>${second.t(key)}</span>`}</p>
          <p class="desk-number number" key=${number}>${number}</p>`
        : html`<p class="desk-said">${t(key)}</p>
          <p class="desk-says">${second ? html`<span lang=${second.lang}>${second.t(key)}</span>` : t(`${key}_says`)}</p>`}
      </div>
    </main>
  `;
}

/** @param {string} number @param {string} said */
function sizes(number, said) {
  const { width, height } = screenInRem();
  const tall = Math.min(LARGEST.number, (height - 26) * 0.75);
  return { "--number": fitted(number, width - EDGES, tall), "--said": fitted(said, width - EDGES, Math.min(LARGEST.said, tall)) };
}

function Foot({ window, name, frame }) {
  const { whole, second } = frame;
  const lines = [...(window.lines || []), ...(window.secondary || [])].map((letter) => whole.lines[letter]).filter(Boolean);
  const namesIn = (lang, translate) => lines.map((line) => (line.kind === "zero" ? translate("window_display.zero_says") : nameOf(line, lang)));
  const names = namesIn(undefined, t).join(t("window_display.joint"));
  const zero = lines.some((line) => line.kind === "zero");
  return html`
    <footer class="window-foot">
      <p class="window-lines">${zero ? names : t("window_display.lines", { names })}
        ${second && html`<span class="second" lang=${second.lang}>${namesIn(second.lang, second.t).join(second.t("window_display.joint"))}</span>`}</p>
      ${name && html`<p class="window-clerk">${t("window_display.clerk", { name })}</p>`}
    </footer>
  `;
}
