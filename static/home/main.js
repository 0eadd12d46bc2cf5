// @ts-check
/** Sign-posts to the pages. */
import { nameOf } from "../lib/format.js";
import { language, loadLanguage, t } from "../lib/i18n.js";
import { LanguageButton } from "../lib/language-button.js";
import { getJSON, session } from "../lib/orders.js";
import { html, render } from "../lib/ui.js";

const PAGES = ["kiosk", "board", "window", "counter", "zero", "manager"];
/** Where a sign-post leads when it is not the page of its name. @type {Record<string, string>} */
const AT = { window: "window/zero" };
const page = /** @type {HTMLElement} */ (document.getElementById("page"));

/** @typedef {{who: any, hall: Record<string, any>, problem: boolean}} Known */

async function start() {
  await loadLanguage(language(), ["home"]);
  draw({ who: {}, hall: {}, problem: false });
  draw(await known());
}

/** @returns {Promise<Known>} */
async function known() {
  try {
    const who = await session();
    const asked = new URLSearchParams(location.search).get("hall") || who.hall;
    const { status, body } = await getJSON(`/api/halls/${encodeURIComponent(asked)}/snapshot?scope=public`);
    return { who, hall: status === 200 && body.snapshot ? body.snapshot.hall : {}, problem: status !== 200 };
  } catch {
    return { who: {}, hall: {}, problem: true };
  }
}

/** @param {Known} known */
function draw({ who, hall, problem }) {
  const name = nameOf(hall);
  document.title = name ? t("home.title", { hall: name }) : t("app.name");
  render(html`
    <header class="header on-deep">
      <div>
        <p class="product">${t("app.name")}</p>
        <h1>${name || " "}</h1>
      </div>
      <${LanguageButton} parts=${["home"]} again=${() => draw({ who, hall, problem })} />
    </header>
    <main class="home">
      ${problem && html`<p class="notice bad" role="alert">${t("error.unreachable")}</p>`}
      <p class="intro">${t("home.intro")}</p>
      <ul class="posts">${PAGES.map((one) => html`<${Post} key=${one} page=${one} />`)}</ul>
      <${Who} who=${who} demo=${hall.demo} />
    </main>
  `, page);
}

function Post({ page: name }) {
  return html`
    <li>
      <a class="post" href=${`/${AT[name] || name}${location.search}`}>
        <strong class="post-name">${t(`home.${name}`)}</strong>
        <span class="soft">${t(`home.${name}_says`)}</span>
      </a>
    </li>
  `;
}

function Who({ who, demo }) {
  const staff = who.staff;
  return html`
    <footer class="who soft">
      ${demo && html`<p>${t("home.demo")}</p>`}
      ${staff
        ? html`<p>${t("home.signed_in", { name: staff.name, role: t(`role.${staff.role}`) })}</p>`
        : html`<p><a href="/sign-in">${t("action.sign_in")}</a></p>`}
    </footer>
  `;
}

start();
