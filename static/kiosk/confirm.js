// @ts-check
import { nameOf } from "../lib/format.js";
import { waitingByLine, windowsByLine } from "../lib/hall.js";
import { language, t } from "../lib/i18n.js";
import { newKey, order } from "../lib/orders.js";
import { html, useRef, useState } from "../lib/ui.js";
import { aheadText } from "./ahead.js";

/**
 * The second tap of a double tap on the screen before lands here: a touch this soon after the
 * screen came, in ms, is nobody's choice.
 */
const NOT_YET = 500;

/**
 * The second tap: an ordinary number, or one with a head start.
 * @param {{hall: string, state: any, line: any, stale: boolean, onBusy: (busy: boolean) => void,
 *   onAnswer: (answer: any) => void, onBack: () => void, onChoose: (letter: string) => void}} props
 */
export function Confirm({ hall, state, line, stale, onBusy, onAnswer, onBack, onChoose }) {
  const [doubtful, setDoubtful] = useState(false);
  const [busy, setBusy] = useState(false);
  const take = usePress(hall, line.letter, { setBusy, onBusy, setDoubtful, onAnswer });
  return html`
    <section class="confirm" aria-labelledby="service">
      <${Chosen} state=${state} line=${line} />
      <${NoWindow} state=${state} line=${line} busy=${busy} onChoose=${onChoose} />
      <button class="take" disabled=${busy} onClick=${() => take("ordinary")}>
        <span class="take-name">${t("kiosk.take")}</span>
        <span class="take-says">${t("kiosk.take_says")}</span>
      </button>
      <button class="take care" disabled=${busy} onClick=${() => take("care")}>
        <span class="take-name">${t("kiosk.care")}</span>
        <span class="take-says">${t("kiosk.care_says")}</span>
        <span class="take-how">${t("kiosk.care_how")}</span>
      </button>
      <${Progress} busy=${busy} doubtful=${doubtful || (busy && stale)} />
      <button class="back" disabled=${busy} onClick=${onBack}>${t("kiosk.back")}</button>
    </section>
  `;
}

/** Who reads this page in English is called in English first; everybody else as the zone is. */
const calledIn = () => (language() === "en" ? { lang: "en" } : {});

/**
 * One key for as long as the screen is shown, and a lock that does not wait for the next drawing:
 * a double press is one ticket.
 */
function usePress(hall, letter, { setBusy, onBusy, setDoubtful, onAnswer }) {
  const press = useRef(/** @type {{key: string, calledIn: {lang?: string}} | null} */ (null));
  const locked = useRef(false);
  const shownAt = useRef(performance.now());
  return async (/** @type {string} */ ticketClass) => {
    if (locked.current || performance.now() - shownAt.current < NOT_YET) return;
    locked.current = true;
    // A retry asks for the very same, also when the page's language was changed meanwhile.
    const { key, calledIn: lang } = press.current = press.current || { key: newKey(), calledIn: calledIn() };
    setBusy(true);
    onBusy(true);
    const path = `/api/halls/${encodeURIComponent(hall)}/tickets`;
    const answer = await order("POST", path, { line: letter, class: ticketClass, ...lang }, { key, onUnconfirmed: setDoubtful });
    onBusy(false);
    onAnswer(answer);
  };
}

function Chosen({ state, line }) {
  return html`
    <div class="confirm-head">
      <h2 id="service" class="confirm-name">${line.kind === "zero" ? t("kiosk.zero_name") : nameOf(line)}</h2>
      <p class="confirm-ahead">${aheadText(state, line, waitingByLine(state)[line.letter] || 0)}</p>
    </div>
  `;
}

function NoWindow({ state, line, busy, onChoose }) {
  if (windowsByLine(state)[line.letter] || line.kind === "zero") return null;
  const zero = /** @type {any} */ (Object.values(state.lines).find((one) => isStaffed(state, one)));
  return html`
    <div class="no-window">
      <p>${t(zero ? "kiosk.no_window" : "kiosk.no_window_desk")}</p>
      ${zero && html`<button class="to-zero" disabled=${busy} onClick=${() => onChoose(zero.letter)}>${t("kiosk.to_zero")}</button>`}
    </div>
  `;
}

/** The zero window is there to be asked. @param {any} state @param {any} line */
function isStaffed(state, line) {
  return line.kind === "zero" && line.open && windowsByLine(state)[line.letter] > 0;
}

function Progress({ busy, doubtful }) {
  return html`
    <div class="progress" role="status">
      ${busy && !doubtful && html`<p>${t("kiosk.working")}</p>`}
      ${doubtful && html`<p class="doubtful"><strong>${t("kiosk.unconfirmed")}</strong><span>${t("kiosk.unconfirmed_help")}</span></p>`}
    </div>
  `;
}
