// @ts-check
/** What stays the same on the board: its head with the hall's clock, and the line at the foot. */
import { hallDate, hallTime, nameOf } from "../lib/format.js";
import { hoursText, phaseOf } from "../lib/hall.js";
import { language, t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";

/** How long one sentence of the foot stands, in ms. */
const SENTENCE = 12_000;
const SENTENCES = ["board.ticker_zero", "board.ticker_missed", "board.ticker_care"];
/** A longer one takes two lines, in characters. */
const SHORT = { "zh-CN": 26, en: 50 };

export function Header({ frame }) {
  const { whole: { hall }, meta: { now }, second } = frame;
  return html`
    <header class="header">
      <h1 class="hall-name">${nameOf(hall)}${zonesOf(frame)}${second && html`<span class="second" lang=${second.lang}>${nameOf(hall, second.lang)}</span>`}</h1>
      <p class="when">
        <span class="date">${hallDate(now, hall.timezone)}</span>
        <time class="clock number">${hallTime(now, hall.timezone)}</time>
      </p>
    </header>
  `;
}

/** Which zones of the hall this board is for; nothing for the whole hall, or where the server knows no zones. */
function zonesOf({ whole, board }) {
  const zones = /** @type {any} */ (whole).zones || {};
  const names = board.zones.map((code) => nameOf(zones[code])).filter(Boolean);
  return names.length > 0 && html`<span class="zone"> · ${names.join(language() === "en" ? ", " : "、")}</span>`;
}

/** @typedef {{text: string, lang: string}} Sentence */

/** Every sentence in the page's language, and after it in the second. @param {import("../lib/screen.js").Frame} frame @returns {Sentence[]} */
function sentences({ whole: { hall }, meta: { now }, board, second }) {
  const { phase, until } = phaseOf(hall, now);
  const own = { lang: language(), t };
  const both = (/** @type {(one: {lang: string, t: import("../lib/i18n.js").Translate}) => string} */ say) =>
    [own, ...(second ? [second] : [])].map((one) => ({ text: say(one), lang: one.lang })).filter(({ text }) => text);
  if (phase === "break") return both((one) => one.t("board.ticker_lunch", { until }));
  const notices = board.notices.flatMap((notice) => both(({ lang }) => (lang === "en" ? notice.text_en || (second ? "" : notice.text) : notice.text)));
  const ours = board.house_notices ? SENTENCES.flatMap((key) => both((one) => one.t(key))) : [];
  return [...notices, ...ours];
}

export function Footer({ frame }) {
  const { whole: { hall }, meta: { now }, second } = frame;
  const all = sentences(frame);
  const hours = hoursText(hall);
  const one = all[Math.floor(now.getTime() / SENTENCE) % all.length];
  const long = one && one.text.length > (one.lang === "en" ? SHORT.en : SHORT["zh-CN"]);
  return html`
    <footer class="footer">
      <p class=${`ticker ${long ? "long" : ""}`} lang=${one && one.lang} key=${one && one.text}>${one && one.text}</p>
      ${hours && !second && !long && html`<p class="hours">${t("board.closed_hours", { hours })}</p>`}
    </footer>
  `;
}
