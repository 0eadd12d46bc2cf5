// @ts-check
import { refusalText, t } from "../lib/i18n.js";
import { order } from "../lib/orders.js";
import { html } from "../lib/ui.js";
import { Field, Problem } from "./field.js";
import { useForm } from "./use-form.js";

const SHORTEST = 8;

/**
 * A new password. The old one is at hand when the person has just signed in; else it is asked for.
 * @param {{old: string, onDone: () => void}} props
 */
export function NewPassword({ old, onDone }) {
  const { problem, busy, waiting, submit } = useForm(async (given, onUnconfirmed) => {
    const used = old || given.old;
    const wrong = mistake(used, given.new, given.again);
    if (wrong) return wrong;
    const { status, body } = await order("PUT", "/api/session/password", { old: used, new: given.new }, { onUnconfirmed });
    if (status !== 200) return refusalText(body);
    onDone();
    return "";
  });
  return html`
    <form class="card form" onSubmit=${submit}>
      <h1>${t("password.title")}</h1>
      <p class="soft">${t("password.why")}</p>
      ${!old && html`<${Field} name="old" label=${t("password.old")} type="password" autocomplete="current-password" />`}
      <${Field} name="new" label=${t("password.new")} type="password" autocomplete="new-password" focus=${true} />
      <${Field} name="again" label=${t("password.again")} type="password" autocomplete="new-password" />
      <${Problem} text=${problem} waiting=${waiting} />
      <button class="button primary" disabled=${busy}>${t("password.submit")}</button>
    </form>
  `;
}

/** What can be said without asking the server. @param {string} old @param {string} chosen @param {string} again */
function mistake(old, chosen, again) {
  if (chosen.length < SHORTEST) return t("password.short");
  if (chosen !== again) return t("password.differs");
  return chosen === old ? t("password.same") : "";
}
