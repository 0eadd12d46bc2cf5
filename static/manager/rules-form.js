// @ts-check
import { t } from "../lib/i18n.js";
import { html, useEffect, useState } from "../lib/ui.js";
import { rulesOf } from "../counter/rules.js";
import { SaidLine } from "./said.js";
import { useOrders } from "./use-orders.js";

/** What is decided with yes or no. @type {("choose" | "one_press" | "arrival" | "rating")[]} */
const SWITCHES = ["arrival", "one_press", "choose", "rating"];

/** The hall's own rules. @param {{hall: string, of: any}} props `of`: the hall in the news */
export function RulesForm({ hall, of }) {
  const now = rulesOf(of);
  const [rules, set] = useState(now);
  const orders = useOrders(hall);
  // What somebody else decides meanwhile is shown at once.
  useEffect(() => set(now), [JSON.stringify(now)]);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    orders.send("PUT", "/rules", rules);
  };
  const changed = JSON.stringify(rules) !== JSON.stringify(now);
  return html`
    <section class="card rules" aria-labelledby="rules-title">
      <h2 id="rules-title">${t("manager.rules")}</h2>
      <form onSubmit=${submit}>
        ${SWITCHES.map((name) => html`
          <label class="rule" key=${name}><input type="checkbox" name=${name} checked=${rules[name]}
            onChange=${() => set({ ...rules, [name]: !rules[name] })} /><span>${t(`manager.rule.${name}`)}</span></label>`)}
        <label class="rule"><input type="number" name="recalls" min="0" max="20" required value=${rules.recalls}
          onInput=${(/** @type {any} */ event) => set({ ...rules, recalls: Number(event.target.value) })} /><span>${t("manager.rule.recalls")}</span></label>
        <button type="submit" class="button small" data-action="save-rules" disabled=${!changed || orders.busy}>${t("manager.save")}</button>
      </form>
      <p><a href=${`/board/preview${location.search}`}>${t("manager.screens")}</a></p>
      <${SaidLine} said=${orders.said} />
    </section>`;
}
