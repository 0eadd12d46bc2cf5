// @ts-check
import { KEYS } from "../counter/action.js";
import { Past } from "../counter/past.js";
import { Part } from "../counter/shared/boundary.js";
import { useSecond } from "../counter/shared/news-hook.js";
import { minutesBetween } from "../counter/turn.js";
import { nameOf, stopwatch, windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { Answer } from "./answer.js";
import { AT_WINDOW } from "./keys.js";

/** @typedef {import("./use-window.js").Zero} Zero */

/**
 * The ticket at the window and the window's own buttons, in one row.
 * @param {{zero: Zero, hall: string, now: () => Date}} props
 */
export function Strip({ zero, hall, now }) {
  const { desk } = zero;
  return html`
    <section class="card strip" aria-label=${t("counter.current")} data-ticket=${desk.ticket ? desk.ticket.number : ""}
      data-ticket-state=${desk.ticket ? desk.ticket.state : ""}>
      <div class="strip-now">
        ${desk.ticket ? html`<${Ticket} desk=${desk} now=${now} />` : html`<${Quiet} desk=${desk} />`}
        <${Answer} press=${desk.press} hint=${zero.consulting.hint} lines=${desk.state ? desk.state.lines : {}} />
      </div>
      <div class="strip-actions">
        <${NextButton} zero=${zero} />
        <div class="strip-small">
          ${AT_WINDOW.map((action) => html`
            <button type="button" key=${action} class="button small" data-action=${action} disabled=${!zero.allowed.has(action)}
              aria-keyshortcuts=${keyOf(action)} onClick=${() => zero.act(action)}>
              <span>${t(`counter.action.${action}`)}</span><kbd>${keyOf(action)}</kbd></button>`)}
          <button type="button" class="button small" data-action="alarm" aria-keyshortcuts=${KEYS.alarm} onClick=${() => zero.act("alarm")}>
            <span>${t("counter.action.alarm")}</span><kbd>${KEYS.alarm}</kbd></button>
        </div>
      </div>
      ${desk.ticket && html`<${Part} name="past" key=${desk.ticket.id}>
        <${Past} hall=${hall} ticket=${desk.ticket} state=${desk.state} /><//>`}
    </section>`;
}

/** @param {string} action */
function keyOf(action) {
  return KEYS[/** @type {keyof typeof KEYS} */ (action)];
}

/** @param {{desk: any, now: () => Date}} props */
function Ticket({ desk, now }) {
  useSecond();
  const { ticket, state, window } = desk;
  const serving = ticket.state === "serving";
  const since = serving ? ticket.started_at : ticket.called_at;
  const seconds = since ? (now().getTime() - Date.parse(since)) / 1000 : 0;
  const waited = minutesBetween(ticket.joined_at, ticket.called_at);
  const line = state.lines[ticket.line];
  return html`
    <div class="strip-ticket">
      <div class="strip-number number">${ticket.number}</div>
      <div>
        <p class="strip-line">${windowName(window)}${line && line.kind === "zero" ? "" : ` · ${nameOf(line) || ticket.line}`}
          ${ticket.class === "care" && html` <span class="tag">${t("counter.class.care")}</span>`}</p>
        <p class="soft"><span class="strip-timer" data-state=${ticket.state} role="timer">${stopwatch(seconds)}</span>${" "}
          ${t(serving ? "counter.serving" : "counter.called")}${waited === null ? "" : html` · ${t("counter.waited", { n: waited })}`}</p>
      </div>
    </div>`;
}

/** @param {{desk: any}} props */
function Quiet({ desk }) {
  const { window, state, queue } = desk;
  const open = state.day && state.day.state === "open";
  return html`
    <div class="strip-ticket">
      <div>
        <p class="strip-line">${windowName(window)} · ${t(`counter.quiet.${window.state}`)}</p>
        <p class="soft">${open ? t("counter.queue_length", { n: queue.length }) : t("counter.day_not_open")}</p>
      </div>
    </div>`;
}

/** @param {{zero: Zero}} props */
function NextButton({ zero }) {
  const { next, waiting, serving, likely } = zero;
  if (!next) return null;
  const label = serving ? t(`zero.next.${likely}`) : t(`counter.next.${next.name}`);
  const number = serving ? null : next.number;
  return html`
    <button type="button" class="next" data-action="next" data-next=${serving ? likely : next.name} aria-keyshortcuts="Space"
      aria-busy=${waiting} aria-disabled=${waiting} onClick=${() => zero.act("next")}>
      <span class="next-words"><span>${label}</span>${number && html`${" "}<span class="number">${number}</span>`}</span>
      ${waiting ? html`<i class="busy" aria-hidden="true"></i>` : html`<kbd>${t("counter.space")}</kbd>`}
    </button>`;
}
