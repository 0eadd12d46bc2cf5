// @ts-check
/** What stays the same on the board: its head with the hall's clock, and the line at the foot. */
import { hallDate, hallTime, nameOf } from "../lib/format.js";
import { hoursText, phaseOf } from "../lib/hall.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";

/** How long one sentence of the foot stands, in ms. */
const SENTENCE = 12_000;
const SENTENCES = ["board.ticker_zero", "board.ticker_missed", "board.ticker_care"];

export function Header({ hall, now, second }) {
  return html`
    <header class="header">
      <h1 class="hall-name">${nameOf(hall)}${second && html`<span class="second" lang=${second.lang}>${nameOf(hall, second.lang)}</span>`}</h1>
      <p class="when">
        <span class="date">${hallDate(now, hall.timezone)}</span>
        <time class="clock number">${hallTime(now, hall.timezone)}</time>
      </p>
    </header>
  `;
}

export function Footer({ hall, now, second }) {
  const { phase, until } = phaseOf(hall, now);
  const turn = Math.floor(now.getTime() / SENTENCE) % SENTENCES.length;
  const key = phase === "break" ? "board.ticker_lunch" : SENTENCES[turn];
  const hours = hoursText(hall);
  return html`
    <footer class="footer">
      <p class="ticker" key=${key}>
        ${t(key, { until })}${second && html`<span class="second" lang=${second.lang}>${second.t(key, { until })}</span>`}
      </p>
      ${hours && !second && html`<p class="hours">${t("board.closed_hours", { hours })}</p>`}
    </footer>
  `;
}
