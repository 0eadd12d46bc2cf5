// @ts-check
import { nameOf } from "../lib/format.js";
import { waitingByLine, windowsByLine } from "../lib/hall.js";
import { t } from "../lib/i18n.js";
import { newKey, order } from "../lib/orders.js";
import { html, useRef, useState } from "../lib/ui.js";

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
      <${Chosen} line=${line} ahead=${waitingByLine(state)[line.letter] || 0} />
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

/**
 * One key for as long as the screen is shown, and a lock that does not wait for the next drawing:
 * a double press is one ticket.
 */
function usePress(hall, letter, { setBusy, onBusy, setDoubtful, onAnswer }) {
  const key = useRef("");
  const locked = useRef(false);
  return async (/** @type {string} */ ticketClass) => {
    if (locked.current) return;
    locked.current = true;
    key.current = key.current || newKey();
    setBusy(true);
    onBusy(true);
    const path = `/api/halls/${encodeURIComponent(hall)}/tickets`;
    const answer = await order("POST", path, { line: letter, class: ticketClass }, { key: key.current, onUnconfirmed: setDoubtful });
    onBusy(false);
    onAnswer(answer);
  };
}

function Chosen({ line, ahead }) {
  return html`
    <div class="confirm-head">
      <h2 id="service" class="confirm-name">${line.kind === "zero" ? t("kiosk.zero_name") : nameOf(line)}</h2>
      <p class="confirm-ahead">${ahead ? t("kiosk.confirm_ahead", { n: ahead }) : t("kiosk.confirm_nobody")}</p>
    </div>
  `;
}

function NoWindow({ state, line, busy, onChoose }) {
  if (windowsByLine(state)[line.letter] || line.kind === "zero") return null;
  const zero = /** @type {any} */ (Object.values(state.lines).find((one) => one.kind === "zero" && one.open));
  return html`
    <div class="no-window">
      <p>${t("kiosk.no_window")}</p>
      ${zero && html`<button class="to-zero" disabled=${busy} onClick=${() => onChoose(zero.letter)}>${t("kiosk.to_zero")}</button>`}
    </div>
  `;
}

function Progress({ busy, doubtful }) {
  return html`
    <div class="progress" role="status">
      ${busy && !doubtful && html`<p>${t("kiosk.working")}</p>`}
      ${doubtful && html`<p class="doubtful"><strong>${t("kiosk.unconfirmed")}</strong><span>${t("kiosk.unconfirmed_help")}</span></p>`}
    </div>
  `;
}
