// @ts-check
/** Starts the rating pad: language, the right to rate at one window, the news, and then the question. */
import { codeInAddress, enrol, whoAmI } from "../lib/enrolment.js";
import { language, loadLanguage, t } from "../lib/i18n.js";
import { followNews } from "../lib/news.js";
import { EMPTY } from "../lib/reduce.js";
import { html, render } from "../lib/ui.js";
import { App } from "./app.js";
import { Enrol } from "./enrol.js";
import { guestAt } from "./guest.js";

const REDRAW_EVERY = 1000;
const page = /** @type {HTMLElement} */ (document.getElementById("page"));
/** @type {ReturnType<typeof followNews> | null} */
let news = null;
/** @type {any} */
let timer;

async function start() {
  await loadLanguage(language(), ["rating"]);
  render(html`<p class="starting" role="status">${t("rating.starting")}</p>`, page);
  const code = codeInAddress();
  const refusal = code ? await enrol(code, "pad") : null;
  await open(refusal);
}

/** @param {string | null} refusal what to say about the last try */
async function open(refusal) {
  const { hall, device } = await whoAmI();
  const window = device && device.kind === "pad" ? device.window : null;
  if (window) follow(hall, window);
  else askForCode(device && device.kind === "pad" ? t("rating.no_window") : refusal);
}

/** @param {string | null} refusal */
function askForCode(refusal) {
  if (news) news.close();
  news = null;
  clearInterval(timer);
  render(null, page);
  render(html`<${Enrol} refusal=${refusal} onEnrolled=${() => open(null)} />`, page);
}

/** @param {string} hall @param {string} window */
function follow(hall, window) {
  /** @type {{state: any, guest: import("./guest.js").Guest | null}} */
  const latest = { state: EMPTY, guest: null };
  render(null, page);
  const draw = () => {
    const meta = news && news.meta();
    if (!meta) return;
    latest.guest = guestAt(latest.guest, latest.state.tickets, window, performance.now());
    if (meta.newBuild && !latest.guest) return location.reload();
    render(html`<${App} hall=${hall} window=${window} state=${latest.state} meta=${meta} guest=${latest.guest}
      onLanguage=${draw} onRevoked=${() => askForCode(t("rating.revoked"))} />`, page);
  };
  news = followNews({ hall, device: true, onState: (state) => { latest.state = state; draw(); } });
  // The guest's time runs out without news.
  timer = setInterval(draw, REDRAW_EVERY);
}

start();
