// @ts-check
/** Sign in, choose a new password when the account asks for it, and go on. */
import { language, loadLanguage, t } from "../lib/i18n.js";
import { LanguageButton } from "../lib/language-button.js";
import { session } from "../lib/orders.js";
import { html, render, useState } from "../lib/ui.js";
import { destination } from "./destination.js";
import { NewPassword } from "./new-password.js";
import { SignIn } from "./sign-in.js";

/** @param {string} role */
function goOn(role) {
  location.assign(destination(new URLSearchParams(location.search).get("next"), role, location.origin));
}

/** @param {{staff: any}} props `staff`: who is signed in already, but has to choose a password */
function Page({ staff }) {
  const [who, setWho] = useState(staff);
  const [password, setPassword] = useState("");
  const [, redraw] = useState(0);
  const signedIn = (/** @type {any} */ member, /** @type {string} */ used) => {
    setPassword(used);
    if (member.must_change_password) setWho(member);
    else goOn(member.role);
  };
  return html`
    <header class="head on-deep">
      <p>${t("app.name")}</p>
      <${LanguageButton} parts=${["home"]} again=${() => redraw((times) => times + 1)} />
    </header>
    <main class="middle">
      ${who ? html`<${NewPassword} old=${password} onDone=${() => goOn(who.role)} />` : html`<${SignIn} onSignedIn=${signedIn} />`}
    </main>
  `;
}

/** Somebody who is signed in may have come to be someone else: only a due password is taken up. */
async function present() {
  try {
    const { staff } = await session();
    return staff && staff.must_change_password ? staff : null;
  } catch {
    return null; // the form says so itself when it is sent
  }
}

async function start() {
  await loadLanguage(language(), ["home"]);
  document.title = `${t("sign_in.title")} · ${t("app.name")}`;
  const staff = await present();
  render(html`<${Page} staff=${staff} />`, /** @type {HTMLElement} */ (document.getElementById("page")));
}

start();
