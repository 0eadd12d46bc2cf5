// @ts-check
/** The zero window's own display: what it helps with, who is called to which desk, and who waits. */
import { isOver } from "../board/app.js";
import { hoursSay } from "../board/latest.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";

const HELPS = ["ask", "papers", "hand_on", "blocked"];
/** Numbers in the line of those who wait; the others are counted. */
const LISTED = 12;

export function Zero({ frame, desks }) {
  const { whole, meta } = frame;
  const windows = Object.values(whole.windows).filter((one) => one.kind === "zero").sort((a, b) => a.number - b.number);
  return html`
    <main class="zero-screen">
      <${Helps} frame=${frame} />
      ${isOver(whole)
        ? html`<section class="zero-desks over"><p class="zero-over">${t("board.closed")}</p>
            ${hoursSay(whole.hall, meta.now).map((line) => html`<p class="zero-hours" key=${line}>${line}</p>`)}</section>`
        : html`<section class="zero-desks" aria-label=${t("window_display.desks")}>
            <ul class="zero-list" style=${{ "--desks": Math.max(4, windows.length) }}>
              ${windows.map((window) => html`<${Desk} key=${window.code} window=${window} desk=${desks.at(window.code, frame)} second=${frame.second} />`)}
            </ul>
          </section>`}
      ${!isOver(whole) && html`<${Next} frame=${frame} />`}
    </main>
  `;
}

function Helps({ frame: { second } }) {
  return html`
    <section class="zero-helps">
      <p class="zero-says">${t("window_display.zero_says")}
        ${second && html`<span class="second" lang=${second.lang}>${second.t("window_display.zero_says")}</span>`}</p>
      <ul>${HELPS.map((one) => html`<li key=${one}>${t(`window_display.help_${one}`)}
        ${second && html`<span class="second" lang=${second.lang}>${second.t(`window_display.help_${one}`)}</span>`}</li>`)}</ul>
    </section>
  `;
}

function Desk({ window, desk, second }) {
  const { number } = window;
  const name = t("window_display.desk", { number });
  return html`
    <li class=${`zero-desk ${desk.tone} ${desk.flashing ? "flashing" : ""}`}>
      <span class="zero-desk-name">${name}${second && html`<span class="second" lang=${second.lang}>${second.t("window_display.desk", { number })}</span>`}</span>
      ${desk.number
        ? html`<span class="zero-desk-number number">${desk.number}</span>`
        : html`<span class="zero-desk-state">${t(`window_display.desk_${desk.tone}`)}</span>`}
    </li>
  `;
}

/** By number, which is not always the order of calls: the board says so. */
function Next({ frame: { whole, second } }) {
  const zero = Object.values(whole.lines).filter((line) => line.kind === "zero").map((line) => line.letter);
  const waiting = Object.values(whole.tickets).filter((one) => one.state === "waiting" && zero.includes(one.line));
  const numbers = waiting.map((one) => one.number).sort((a, b) => serialOf(a) - serialOf(b));
  return html`
    <footer class="zero-next">
      <p class="zero-next-title">${t("window_display.next")}
        ${second && html`<span class="second" lang=${second.lang}>${second.t("window_display.next")}</span>`}
        <span class="zero-next-says">${numbers.length ? t("window_display.next_says") : ""}</span></p>
      ${numbers.length
        ? html`<ul class="zero-next-numbers">${numbers.slice(0, LISTED).map((one) => html`<li class="number" key=${one}>${one}</li>`)}
            ${numbers.length > LISTED && html`<li class="zero-next-more">${t("people.n", { n: numbers.length })}</li>`}</ul>`
        : html`<p class="zero-next-nobody">${t("window_display.nobody")}</p>`}
    </footer>
  `;
}

/** @param {string} number */
const serialOf = (number) => Number(number.replace(/\D/g, ""));
