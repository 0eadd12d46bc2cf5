// @ts-check
import { html } from "../lib/ui.js";

/** What became of the latest order. @param {{said: import("./use-orders.js").Said}} props */
export function SaidLine({ said }) {
  return html`<p class="said" role="status" data-tone=${said.tone}>${said.text}</p>`;
}
