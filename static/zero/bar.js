// @ts-check
import { Clock, Connection, LanguageSwitch, signOut } from "../counter/shared/bar.js";
import { t, refusalText } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { addressOf, desksOf } from "./desks.js";

/**
 * The bar on top: which desk this is, and the others that one may go to.
 * @param {{desk: string, news: any, who: any, onLanguage: () => void}} props
 */
export function Bar({ desk, news, who, onLanguage }) {
  const [problem, say] = useState(/** @type {string | null} */ (null));
  const leave = async () => {
    const refused = await signOut("/zero");
    if (refused) say(refusalText({ error: refused }));
  };
  return html`
    <header class="bar on-deep">
      <h1>${t("zero.title")}</h1>
      <${Desks} desk=${desk} role=${who.staff.role} />
      <${Connection} meta=${news.meta} />
      <span class="bar-who">${who.staff.name}</span>
      <${LanguageSwitch} onLanguage=${onLanguage} />
      <button type="button" class="bar-button" onClick=${leave}>${t("staff.sign_out")}</button>
      <${Clock} now=${news.now} zone=${news.state ? news.state.hall.timezone : undefined} />
    </header>
    ${problem && html`<p class="stale" role="alert"><span>${problem}</span></p>`}`;
}

/** @param {{desk: string, role: string}} props */
function Desks({ desk, role }) {
  return html`
    <nav class="desks" aria-label=${t("zero.desks")}>
      ${desksOf(role).map((one) => html`
        <a key=${one} href=${addressOf(one, location.search)} aria-current=${one === desk ? "page" : undefined}>${t(`zero.desk.${one}`)}</a>`)}
    </nav>`;
}
