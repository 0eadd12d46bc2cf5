// @ts-check
import { language, loadLanguage, setLanguage } from "../../lib/i18n.js";
import { forgetSession, session } from "../../lib/orders.js";
import { html, render } from "../../lib/ui.js";

/** How long to wait before the server is asked again, in milliseconds. */
const ASK_AGAIN_MS = 3000;

/**
 * Open a page for staff: sentences, session, then the page itself. A server that is not there yet
 * is asked again for ever; somebody who is not signed in is sent to sign in.
 * @param {object} page
 * @param {string} page.path where to come back to
 * @param {string[]} page.parts language files
 * @param {any} page.App component; gets `who` and `onLanguage`
 */
export async function start(page) {
  const root = /** @type {HTMLElement} */ (document.getElementById("app"));
  const who = await whoIsAsking(page.parts, root);
  if (!who.staff || who.staff.must_change_password) return signIn(page.path);
  const draw = () => render(html`<${page.App} who=${who} onLanguage=${change} />`, root);
  const change = async () => {
    const other = language() === "en" ? "zh-CN" : "en";
    await loadLanguage(other, page.parts);
    setLanguage(other);
    draw();
  };
  root.textContent = "";
  draw();
}

/**
 * @param {string[]} parts
 * @param {HTMLElement} root
 */
async function whoIsAsking(parts, root) {
  for (;;) {
    try {
      await loadLanguage(language(), parts);
      return await session();
    } catch (error) {
      console.error(error);
      // In both languages: the sentences themselves may be what did not come.
      const waiting = root.querySelector("[data-waiting]");
      if (waiting) waiting.removeAttribute("hidden");
      forgetSession();
      await new Promise((resume) => setTimeout(resume, ASK_AGAIN_MS));
    }
  }
}

/** @param {string} path */
export function signIn(path) {
  location.assign(`/sign-in?next=${encodeURIComponent(path + location.search)}`);
}
