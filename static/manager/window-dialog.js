// @ts-check
import { windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { Dialog } from "../counter/shared/dialog.js";
import { LinesOfWindow } from "./lines-of-window.js";
import { OpenWindow } from "./open-window.js";
import { SaidLine } from "./said.js";
import { byPosition } from "./rows.js";
import { useOrders } from "./use-orders.js";
import { nameOfMember } from "./use-staff.js";

/**
 * What a supervisor may do with a window.
 * @param {{hall: string, state: any, tile: import("./tiles.js").Tile, staff: import("./use-staff.js").Staff, onClose: () => void}} props
 */
export function WindowDialog({ hall, state, tile, staff, onClose }) {
  const orders = useOrders(hall);
  const { window } = tile;
  const path = `/windows/${encodeURIComponent(window.code)}`;
  return html`
    <${Dialog} title=${windowName(window)} onClose=${onClose} wide=${true}>
      <p class="soft">${factsOf(tile, nameOfMember(staff, window.clerk))}</p>
      ${window.clerk
        ? html`<${Leaving} tile=${tile} busy=${orders.busy} onSend=${(/** @type {string} */ how) => orders.send("POST", `${path}/${how}`)} />`
        : html`<${OpenWindow} state=${state} staff=${staff} busy=${orders.busy}
            onOpen=${(/** @type {string} */ clerk) => orders.send("POST", `${path}/openings`, { clerk })} />`}
      <${SaidLine} said=${orders.said} />
      <${LinesOfWindow} window=${window} lines=${byPosition(state.lines)} busy=${orders.busy}
        onSave=${(/** @type {any} */ chosen) => orders.send("PUT", `${path}/lines`, chosen)} />
      <div class="dialog-buttons"><button type="button" class="button" onClick=${onClose}>${t("manager.close")}</button></div>
    <//>`;
}

/** @param {import("./tiles.js").Tile} tile @param {string} clerk */
function factsOf({ state, number, minutes, window }, clerk) {
  const reason = window.pause_reason ? t(`pause.${window.pause_reason}`) : "";
  const since = minutes === null ? "" : t("counter.minutes", { n: minutes });
  return [clerk || t("manager.nobody_sits"), t(`manager.state.${state}`), reason, number, since].filter(Boolean).join(" · ");
}

/**
 * Nobody is at the window: it is closed. Else, and where the clerk has gone, it is released, which is asked about once, in place.
 * @param {{tile: import("./tiles.js").Tile, busy: boolean, onSend: (how: "closing" | "releases") => void}} props
 */
function Leaving({ tile, busy, onSend }) {
  const [sure, ask] = useState(false);
  if (!sure) {
    return html`
      <p class="leaving">
        ${!tile.number && html`<button type="button" class="button" data-action="close-window" disabled=${busy}
          onClick=${() => onSend("closing")}>${t("manager.close_window")}</button>`}
        <button type="button" class="button" data-action="release" onClick=${() => ask(true)}>${t("manager.release")}</button>
      </p>`;
  }
  const facts = { number: tile.number };
  return html`
    <div class="notice warn">
      <p>${t(tile.number ? "manager.release_text_ticket" : "manager.release_text", facts)}</p>
      <button type="button" class="button primary" data-action="release-now" disabled=${busy} onClick=${() => onSend("releases")}>${t("manager.release_now")}</button>
    </div>`;
}
