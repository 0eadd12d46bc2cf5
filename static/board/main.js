// @ts-check
/** Starts the board and keeps it running for months: it draws once a second and on every change. */
import { codeInAddress, enrol, whoAmI } from "../lib/enrolment.js";
import { LANGUAGES, language, loadLanguage, t, translator } from "../lib/i18n.js";
import { followNews } from "../lib/news.js";
import { EMPTY } from "../lib/reduce.js";
import { html, render } from "../lib/ui.js";
import { App } from "./app.js";
import { Calls } from "./calls.js";
import { Reloader } from "./reloader.js";

const PARTS = ["board"];
const REDRAW_EVERY = 1000;
const page = /** @type {HTMLElement} */ (document.getElementById("page"));

/** `?lang=zh-CN,en` adds the second language in small letters. */
async function secondLanguage() {
  const [, second] = (new URLSearchParams(location.search).get("lang") || "").split(",");
  if (!second || !LANGUAGES.includes(second) || second === language()) return null;
  return { lang: second, t: await translator(second, PARTS) };
}

async function start() {
  await loadLanguage(language(), PARTS);
  render(html`<p class="starting" role="status">${t("board.starting")}</p>`, page);
  const second = await secondLanguage();
  const code = codeInAddress();
  if (code) await enrol(code, "screen");
  const { hall, device } = await whoAmI();
  render(null, page);
  follow(hall, Boolean(device), second);
}

/** @param {string} hall @param {boolean} device @param {any} second */
function follow(hall, device, second) {
  const calls = new Calls();
  const reloader = new Reloader(() => location.reload());
  let state = EMPTY;
  const draw = () => {
    const meta = news.meta();
    reloader.look(meta, state.hall.timezone);
    const shown = calls.update(state.announcements, { at: performance.now(), now: meta.now });
    render(html`<${App} state=${state} meta=${meta} shown=${shown} second=${second} />`, page);
  };
  const news = followNews({ hall, device, onState: (latest) => { state = latest; draw(); } });
  setInterval(draw, REDRAW_EVERY);
}

start();
