// @ts-check
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { isTaken } from "../counter/action.js";
import { AlarmBanner } from "../counter/alarm-banner.js";
import { Aside } from "./aside.js";
import { CameFor } from "./came-for.js";
import { OUTCOMES } from "./outcomes.js";
import { QuestionFor } from "./question-for.js";
import { Search } from "./search.js";
import { Strip } from "./strip.js";
import { Triage } from "./triage.js";
import { useWindow } from "./use-window.js";
import { withService } from "./sheet.js";

/**
 * The clerk at a zero window: search, sheet and outcomes on one page, with the window's own large button.
 * @param {{who: any, news: any, services: any[], known: any, onNotice: (id: string) => void}} props
 */
export function WindowDesk({ who, news, services, known, onNotice }) {
  const zero = useWindow({ who, news, known, onNotice });
  const { desk, consulting } = zero;
  if (!desk.state) return null;
  if (!desk.window || isTaken(desk.window, who.staff.id)) return html`<${NoSeat} />`;
  const add = (/** @type {string} */ code) => consulting.change(withService(consulting.sheet, code));
  return html`
    <main class="zero-desk" data-window=${desk.window.code} data-state=${desk.window.state}>
      <${AlarmBanner} state=${desk.state} me=${who.staff.id} help=${zero.help} keys=${false} now=${news.now()} />
      <${Strip} zero=${zero} hall=${who.hall} now=${news.now} />
      <${Search} services=${services} lines=${desk.state.lines} onAdd=${add} />
      <${CameFor} consulting=${consulting} known=${known} />
      <div class="zero-side">
        <${Triage} outcomes=${OUTCOMES} likely=${zero.serving ? zero.likely : null} resting=${!zero.present} waiting=${zero.waiting}
          onOutcome=${consulting.choose} onWay=${() => consulting.ask("way")} />
        <${Aside} desk=${desk} hall=${who.hall} idle=${zero.idle} />
      </div>
      <${QuestionFor} zero=${zero} known=${known} />
    </main>`;
}

/** Without a seat there is nobody to call: the counter's page has the choice of windows. */
function NoSeat() {
  return html`
    <main class="opening">
      <h2>${t("zero.no_seat")}</h2>
      <p class="soft">${t("zero.no_seat_hint")}</p>
      <p><a class="button primary" href="/counter">${t("zero.to_counter")}</a></p>
    </main>`;
}
