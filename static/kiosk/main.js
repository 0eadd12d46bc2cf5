// @ts-check
/** Starts the kiosk: language, the right to give numbers, the news, and then the screens. */
import { codeInAddress, enrol } from "../lib/enrolment.js";
import { language, loadLanguage, t } from "../lib/i18n.js";
import { followNews } from "../lib/news.js";
import { EMPTY } from "../lib/reduce.js";
import { html, render } from "../lib/ui.js";
import { App } from "./app.js";
import { Enrol } from "./enrol.js";
import { enrolledHall } from "./enrolment.js";

const PARTS = ["kiosk"];
const page = /** @type {HTMLElement} */ (document.getElementById("page"));
/** @type {ReturnType<typeof followNews> | null} */
let news = null;

async function start() {
  await loadLanguage(language(), PARTS);
  render(html`<p class="starting" role="status">${t("kiosk.starting")}</p>`, page);
  const code = codeInAddress();
  const refusal = code ? await enrol(code, "kiosk") : null;
  const hall = await enrolledHall();
  if (hall) follow(hall);
  else askForCode(refusal);
}

/** @param {string | null} refusal what to say about the last try */
function askForCode(refusal) {
  if (news) news.close();
  news = null;
  render(null, page); // a new form, not the old one with its field filled in
  render(html`<${Enrol} refusal=${refusal} onEnrolled=${follow} />`, page);
}

/** @param {string} hall */
function follow(hall) {
  let latest = { state: EMPTY, meta: /** @type {any} */ (null) };
  render(null, page);
  const draw = () => {
    if (!news || !latest.meta) return;
    render(html`<${App} hall=${hall} state=${latest.state} meta=${latest.meta} onLanguage=${draw} onRevoked=${revoked} />`, page);
  };
  news = followNews({ hall, device: true, onState: (state, meta) => { latest = { state, meta }; draw(); } });
}

function revoked() {
  askForCode(t("kiosk.revoked"));
}

start();
