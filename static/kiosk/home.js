// @ts-check
import { nameOf } from "../lib/format.js";
import { linesInOrder, phaseOf, waitingByLine, windowsByLine } from "../lib/hall.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";

/**
 * Everything a person can take a number for; the zero window first.
 * @param {{state: import("../lib/reduce.js").HallState, now: Date, onChoose: (letter: string) => void}} props
 */
export function Home({ state, now, onChoose }) {
  const waiting = waitingByLine(state);
  const windows = windowsByLine(state);
  const lines = linesInOrder(state);
  const { phase, until } = phaseOf(state.hall, now);
  const asked = lines.some((line) => line.kind === "zero" && line.open && windows[line.letter]);
  const facts = (/** @type {any} */ line) => ({
    line, asked, ahead: waiting[line.letter] || 0, windows: windows[line.letter] || 0, working: phase === "working",
    onChoose: () => onChoose(line.letter),
  });
  const specialist = lines.filter((line) => line.kind !== "zero");
  return html`
    <div class="home">
      <div class="first">
        ${!(state.day && state.day.manual) && html`<${TimeNotice} phase=${phase} until=${until} hall=${state.hall} />`}
        ${lines.filter((line) => line.kind === "zero").map((line) => html`<${ZeroButton} key=${line.letter} ...${facts(line)} />`)}
      </div>
      <section class="choices" aria-labelledby="choose">
        <h2 id="choose" class="choose">${t("kiosk.choose")}</h2>
        <ul class=${`lines ${specialist.length <= 8 ? "few" : ""}`}>
          ${specialist.map((line) => html`<li key=${line.letter}><${LineButton} ...${facts(line)} /></li>`)}
        </ul>
      </section>
    </div>
  `;
}

/** Only said, not enforced; a day opened by hand takes people at any time and says nothing. */
function TimeNotice({ phase, until, hall }) {
  if (phase === "working") return null;
  const facts = { until, from: hall.issue_from };
  if (phase === "break") return html`<p class="time-notice" role="status">${t("kiosk.lunch", facts)}</p>`;
  if (phase === "before") return html`<p class="time-notice" role="status">${t("kiosk.before_hours", facts)}</p>`;
  const outside = { from: hall.issue_from, until: hall.hours[hall.hours.length - 1][1] };
  return html`<p class="time-notice warn" role="status">${t("kiosk.outside", outside)}</p>`;
}

function ZeroButton({ line, ahead, windows, working, onChoose }) {
  return html`
    <button class="zero" disabled=${!line.open} onClick=${onChoose}>
      <span class="zero-words">
        <span class="zero-name">${t("kiosk.zero_name")}</span>
        <span class="zero-says">${working && !windows ? t("kiosk.zero_none_open") : t("kiosk.zero_says")}</span>
      </span>
      <span class="zero-count">
        <span class="number">${ahead}</span>
        <span>${t("kiosk.zero_unit")}</span>
      </span>
    </button>
  `;
}

/** `asked`: somebody is at the zero window to be asked. */
function LineButton({ line, asked, ahead, windows, working, onChoose }) {
  const unserved = working && !windows;
  return html`
    <button class=${`line ${unserved || !line.open ? "quiet" : ""}`} disabled=${!line.open} onClick=${onChoose}>
      <span class="line-name">${nameOf(line)}</span>
      <${LineFacts} line=${line} ahead=${ahead} windows=${windows} unserved=${unserved} asked=${asked} />
    </button>
  `;
}

function LineFacts({ line, ahead, windows, unserved, asked }) {
  if (!line.open) return html`<span class="line-facts">${t("kiosk.line_closed")}</span>`;
  return html`
    <span class="line-facts">
      <span class="ahead">${t("kiosk.ahead", { n: ahead })}</span>
      <span>${unserved ? t("kiosk.no_window_short") : windows ? t("kiosk.windows", { n: windows }) : ""}</span>
      ${unserved && asked && html`<span class="try-zero">${t("kiosk.try_zero")}</span>`}
    </span>
  `;
}
