// @ts-check
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { isTaken } from "./action.js";
import { Deck } from "./deck.js";
import { LeftBehind } from "./left-behind.js";
import { Loads } from "./loads.js";
import { Missed } from "./missed.js";
import { Next } from "./next.js";
import { Parked } from "./parked.js";
import { RatingCode } from "./rating-code.js";
import { Part } from "./shared/boundary.js";
import { Stage } from "./stage.js";

/** @typedef {import("./use-desk.js").Desk} Desk */
/** @typedef {{desk: Desk, page: import("./use-page.js").Page, now: () => Date, hall: string, me: any}} DeskProps */

/** A window's page: the ticket and the buttons on one side, the lines on the other. @param {DeskProps} props */
export function DeskView(props) {
  const { desk, page, now } = props;
  const { window } = desk;
  if (!window || !page.next) return null;
  return html`
    <main class="desk" data-window=${window.code} data-state=${window.state}>
      <section class="card work" aria-label=${t("counter.current")}>
        <${Part} name="stage"><${Work} ...${props} /><//>
        <${Part} name="rating"><${RatingCode} hall=${props.hall} of=${page.rating.of} large=${page.rating.large} onToggle=${page.rating.toggle} /><//>
        <${Deck} desk=${desk} page=${page} now=${now} />
      </section>
      <${Side} ...${props} />
    </main>`;
}

/** @param {DeskProps} props */
function Work({ desk, page, now, hall, me }) {
  const { state, window, ticket } = desk;
  if (!state || !window) return null;
  if (!ticket) return html`<${Quiet} desk=${desk} page=${page} />`;
  return html`
    <${Stage} ticket=${ticket} state=${state} hall=${hall} now=${now}>
      <${LeftBehind} window=${window} number=${ticket.number} taken=${isTaken(window, me)} />
    <//>`;
}

/** @param {DeskProps} props */
function Side({ desk, page, now, me }) {
  const { state, window, ticket } = desk;
  if (!state || !window) return null;
  const mine = window.clerk === me;
  const idle = mine && window.state === "open" && !ticket;
  return html`
    <div class="side">
      <${Part} name="loads"><${Loads} state=${state} window=${window} now=${now} /><//>
      <${Part} name="next"><${Next} queue=${desk.queue} state=${state} now=${now} /><//>
      <${Part} name="parked"><${Parked} parked=${desk.parked} zone=${state.hall.timezone} now=${now} onAction=${page.send} /><//>
      <${Part} name="missed"><${Missed} missed=${desk.missed} zone=${state.hall.timezone} idle=${idle} onAction=${page.send} /><//>
    </div>`;
}

/**
 * Nobody is at the window: why, and what comes next.
 * @param {{desk: Desk, page: import("./use-page.js").Page}} props
 */
function Quiet({ desk, page }) {
  const { window, queue, state } = desk;
  if (!window || !page.next) return null;
  const name = page.next.name === "choose" ? "taken" : window.state;
  const reason = window.pause_reason ? t(`pause.${window.pause_reason}`) : "";
  const dayOpen = state && state.day && state.day.state === "open";
  return html`
    <div class="quiet" data-state=${name}>
      <p class="quiet-state">${t(`counter.quiet.${name}`)}${reason && html` <span class="tag plain">${reason}</span>`}</p>
      ${name === "taken" && html`<p>${t("counter.taken_hint")}</p>`}
      <p class="soft">${dayOpen ? t("counter.queue_length", { n: queue.length }) : t("counter.day_not_open")}</p>
      ${window.state === "closed" && html`
        <button type="button" class="link" onClick=${() => page.choose(null)}>${t("counter.next.choose")}</button>`}
    </div>`;
}
