// @ts-check
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { Deck } from "./deck.js";
import { Part } from "./shared/boundary.js";
import { Loads, Missed, Next } from "./side.js";
import { Stage } from "./stage.js";

/** @typedef {import("./use-desk.js").Desk} Desk */

/**
 * A window's page: the ticket and the buttons on one side, the lines on the other.
 * @param {{desk: Desk, page: import("./use-page.js").Page, now: () => Date, hall: string}} props
 */
export function DeskView({ desk, page, now, hall }) {
  const { state, window, ticket, queue, missed } = desk;
  if (!state || !window || !page.next) return null;
  const idle = window.state === "open" && !ticket;
  return html`
    <main class="desk" data-window=${window.code} data-state=${window.state}>
      <section class="card work" aria-label=${t("counter.current")}>
        <${Part} name="stage">
          ${ticket
            ? html`<${Stage} ticket=${ticket} state=${state} hall=${hall} now=${now} />`
            : html`<${Quiet} desk=${desk} page=${page} />`}
        <//>
        <${Deck} next=${page.next} allowed=${page.allowed} press=${desk.press} hint=${page.hint} onAction=${page.act} />
      </section>
      <div class="side">
        <${Part} name="loads"><${Loads} state=${state} window=${window} now=${now} /><//>
        <${Part} name="next"><${Next} queue=${queue} state=${state} now=${now} /><//>
        <${Part} name="missed"><${Missed} missed=${missed} zone=${state.hall.timezone} idle=${idle} onAction=${page.send} /><//>
      </div>
    </main>`;
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
      <p class="soft">${dayOpen ? t("counter.queue_length", { n: queue.length }) : t("counter.day_not_open")}</p>
      ${window.state === "closed" && html`
        <button type="button" class="link" onClick=${() => page.choose(null)}>${t("counter.next.choose")}</button>`}
    </div>`;
}
