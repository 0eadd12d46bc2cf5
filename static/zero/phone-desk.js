// @ts-check
import { isWaiting } from "../counter/presses.js";
import { html } from "../lib/ui.js";
import { Answer } from "./answer.js";
import { NoEntry } from "./no-entry.js";
import { PhoneForm } from "./phone-form.js";
import { Questions } from "./questions.js";
import { useOrders } from "./use-orders.js";
import { useReading } from "./use-reading.js";

/**
 * The back-office desk: calls and messages, answered at once or promised, and the clock of the promises.
 * @param {{who: any, news: any, services: any[], known: any}} props
 */
export function PhoneDesk({ who, news, services, known }) {
  const { press, ask } = useOrders(who.hall);
  const { found, error, again } = useReading(who.hall, "/questions");
  const state = news.state;
  const send = async (/** @type {string} */ action, /** @type {string} */ path, /** @type {Record<string, unknown>} */ body) => {
    const done = await ask(action, null, path, body);
    again();
    return Boolean(done && done.phase === "done");
  };
  return html`
    <main class="list-desk">
      <${PhoneForm} state=${state} services=${services} known=${known} waiting=${isWaiting(press)}
        answer=${html`<${Answer} press=${press} lines=${state.lines} />`}
        onSend=${(/** @type {any} */ body) => send("question", "/questions", body)} />
      <div class="stack">
        <${Questions} found=${found} error=${error} known=${known} now=${news.now} zone=${state.hall.timezone} waiting=${isWaiting(press)}
          onReply=${(/** @type {string} */ id, /** @type {any} */ body) => send("reply", `/questions/${id}/replies`, body)} />
        <${NoEntry} found=${found} known=${known} zone=${state.hall.timezone} />
      </div>
    </main>`;
}
