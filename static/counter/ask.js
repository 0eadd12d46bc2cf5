// @ts-check
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { PauseDialog, TransferDialog } from "./dialogs.js";
import { Confirm } from "./shared/dialog.js";

/**
 * The question that stands open, if there is one. A ticket that the news took away takes its
 * question with it.
 * @param {{page: import("./use-page.js").Page, desk: import("./use-desk.js").Desk}} props
 */
export function DialogFor({ page, desk }) {
  const onClose = () => page.ask(null);
  const { ticket, state } = desk;
  if (page.asking === "pause") {
    const onReason = (/** @type {string} */ reason) => page.send("pause", null, { reason });
    return html`<${PauseDialog} onReason=${onReason} onClose=${onClose} />`;
  }
  if (page.asking === "sign_out") {
    return html`<${Confirm} title=${t("staff.sign_out")} text=${t("counter.sign_out_seated")} yes=${t("staff.sign_out")}
      onYes=${page.leave} onClose=${onClose} />`;
  }
  if (!ticket || !state) return null;
  if (page.asking === "leave") {
    return html`<${Confirm} title=${t("counter.leave_title", { number: ticket.number })} text=${t("counter.leave_text")}
      yes=${t("counter.action.leave")} onYes=${() => page.send("leave", ticket)} onClose=${onClose} />`;
  }
  if (page.asking !== "transfer") return null;
  return html`<${TransferDialog} key=${ticket.id} number=${ticket.number} lines=${otherLines(state, ticket.line)}
    onTransfer=${(/** @type {any} */ body) => page.send("transfer", ticket, body)} onClose=${onClose} />`;
}

/**
 * @param {import("./types.js").HallState} state
 * @param {string} own
 */
function otherLines(state, own) {
  return Object.values(state.lines)
    .filter((line) => line.open && line.letter !== own)
    .sort((a, b) => a.position - b.position);
}
