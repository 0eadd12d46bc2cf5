// @ts-check
import { hallTime } from "../lib/format.js";
import { refusalText, t } from "../lib/i18n.js";
import { order } from "../lib/orders.js";
import { html } from "../lib/ui.js";
import { Field, Problem } from "./field.js";
import { useForm } from "./use-form.js";

/** @param {{onSignedIn: (staff: any, password: string) => void}} props */
export function SignIn({ onSignedIn }) {
  const { problem, busy, waiting, submit } = useForm(async ({ username, password }, onUnconfirmed) => {
    const { status, body } = await order("POST", "/api/sessions", { username, password }, { onUnconfirmed });
    if (status !== 201) return refusal(body);
    onSignedIn(body.staff, password);
    return "";
  });
  return html`
    <form class="card form" onSubmit=${submit}>
      <h1>${t("sign_in.title")}</h1>
      <${Field} name="username" label=${t("sign_in.username")} autocomplete="username" focus=${true} />
      <${Field} name="password" label=${t("sign_in.password")} type="password" autocomplete="current-password" />
      <${Problem} text=${problem} waiting=${waiting} />
      <button class="button primary" disabled=${busy}>${busy ? t("sign_in.working") : t("sign_in.submit")}</button>
      <p class="soft">${t("sign_in.note")}</p>
    </form>
  `;
}

/** Outside a hall's page a lost answer means only that there is no server: nothing has to be checked. */
function refusal({ error, facts = {} }) {
  if (error === "unconfirmed") return t("error.unreachable");
  return refusalText({ error, facts: facts.until ? { ...facts, until: hallTime(facts.until) } : facts });
}
