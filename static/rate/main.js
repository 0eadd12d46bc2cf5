// @ts-check
/** Starts the page behind a rating link: it reads nothing about the ticket, it only sends a rating. */
import { language, loadLanguage } from "../lib/i18n.js";
import { html, render } from "../lib/ui.js";
import { App } from "./app.js";

const page = /** @type {HTMLElement} */ (document.getElementById("page"));

async function start() {
  await loadLanguage(language(), ["rating"]);
  draw();
}

function draw() {
  render(html`<${App} onLanguage=${draw} />`, page);
}

start();
