// @ts-check
import { nameOf } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { Minutes } from "./minutes.js";
import { useSecond } from "./shared/news-hook.js";
import { lineLoad, minutesBetween, servedBy } from "./turn.js";

/** @typedef {import("./types.js").HallState} HallState */

/** @param {{state: HallState, window: import("./types.js").Window, now: () => Date}} props */
export function Loads({ state, window, now }) {
  useSecond();
  const { own, helped } = servedBy(window);
  const all = [...own.map((letter) => ({ letter, secondary: false })), ...helped.map((letter) => ({ letter, secondary: true }))];
  return html`
    <section class="card loads" aria-labelledby="loads-title">
      <h2 id="loads-title">${t("counter.waiting")}</h2>
      ${all.length === 0 && html`<p class="soft">${t("counter.no_lines")}</p>`}
      <ul>
        ${all.map(({ letter, secondary }) => html`
          <${Load} key=${letter} line=${state.lines[letter]} load=${lineLoad(letter, state.tickets)}
            secondary=${secondary} now=${now} />`)}
      </ul>
    </section>`;
}

/** @param {{line: any, load: {letter: string, waiting: number, since: string | null}, secondary: boolean, now: () => Date}} props */
function Load({ line, load, secondary, now }) {
  const longest = minutesBetween(load.since, now());
  return html`
    <li data-line=${load.letter}>
      <b>${load.waiting}</b>
      <span class="load-name">${nameOf(line) || load.letter}${secondary && html` <small>${t("counter.secondary")}</small>`}</span>
      <span class="soft load-longest">
        ${line && !line.open && html`<span class="tag plain">${t("counter.line_closed")}</span> `}
        ${longest === null ? t("counter.nobody") : html`${t("counter.longest")} <${Minutes} minutes=${longest} />`}</span>
    </li>`;
}
