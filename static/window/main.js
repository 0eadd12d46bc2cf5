// @ts-check
/** Starts the display above a window, and keeps it running for months. */
import { startScreen } from "../lib/screen.js";
import { html } from "../lib/ui.js";
import { App } from "./app.js";
import { ClerkName } from "./clerk.js";
import { Desks } from "./desks.js";

const page = /** @type {HTMLElement} */ (document.getElementById("page"));
const code = decodeURIComponent(location.pathname.split("/").filter(Boolean).pop() || "");
const desks = new Desks();
const clerk = new ClerkName();

/** A window's display draws only the calls to its window, so it vouches for none to the server.
 *  @param {import("../lib/screen.js").Frame} frame */
function picture(frame) {
  const view = html`<${App} code=${code} frame=${frame} desks=${desks} name=${clerk.at(code, frame)} />`;
  return { view };
}

startScreen(page, ["board", "window"], picture);
