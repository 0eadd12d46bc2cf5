// @ts-check
import { windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { IssueDialog } from "./dialogs/issue.js";
import { ParkDialog } from "./dialogs/park.js";
import { PickDialog } from "./dialogs/pick.js";
import { TakeOverDialog } from "./dialogs/take-over.js";
import { ReasonDialog } from "./dialogs/reason.js";
import { TransferDialog } from "./dialogs/transfer.js";
import { Outcome } from "./deck.js";
import { isWaiting } from "./presses.js";
import { MISS_REASONS, PAUSE_REASONS, RESULTS } from "./reasons.js";
import { Said } from "./shared/asked.js";
import { Confirm } from "./shared/dialog.js";
import { ticketAt } from "./turn.js";

/** @typedef {{page: import("./use-page.js").Page, desk: import("./use-desk.js").Desk, hall: string, onClose: () => void}} Asked */

/** What each question looks like: about the window, and about the ticket there. @type {Record<string, (asked: Asked) => any>} */
const OF_WINDOW = { pause: Pause, sign_out: SignOut, move: Move, issue: Issue, pick: Pick, take_over: TakeOver };
/** @type {Record<string, (asked: Asked & {ticket: import("./types.js").Ticket}) => any>} */
const OF_TICKET = { leave: Leave, transfer: Transfer, park: Park, finish_as: FinishAs, miss_as: MissAs };

/**
 * The question that stands open, if there is one. A ticket that the news took away takes its
 * question with it.
 * @param {{page: import("./use-page.js").Page, desk: import("./use-desk.js").Desk, hall: string}} props
 */
export function DialogFor({ page, desk, hall }) {
  const { asking } = page;
  const onClose = () => page.ask(null);
  if (!asking || !desk.state) return null;
  const { ticket } = desk;
  const OfTicket = OF_TICKET[asking];
  const Question = OF_WINDOW[asking] || (ticket && OfTicket);
  if (!Question) return null;
  return html`
    <${Said.Provider} value=${page.sent ? saidOf(desk.press) : null}>
      <${Question} key=${OfTicket && ticket ? ticket.id : asking} page=${page} desk=${desk} hall=${hall} ticket=${ticket} onClose=${onClose} />
    <//>`;
}

/** What came of the answer to a question, inside it. @param {import("./presses.js").Press | null} press */
function saidOf(press) {
  return { text: html`<${Outcome} press=${press} hint=${null} role="alert" />`, waiting: isWaiting(press) };
}

/** @param {Asked} asked */
function Pause({ page, onClose }) {
  return html`<${ReasonDialog} title=${t("counter.pause_title")} reasons=${PAUSE_REASONS} words="pause"
    onReason=${(/** @type {string} */ reason) => page.send("pause", null, { reason })} onClose=${onClose} />`;
}

/** @param {Asked} asked */
function SignOut({ page, onClose }) {
  return html`<${Confirm} title=${t("staff.sign_out")} text=${t("counter.sign_out_seated")} yes=${t("staff.sign_out")}
    onYes=${page.leave} onClose=${onClose} />`;
}

/** @param {Asked} asked */
function Move({ page, desk, onClose }) {
  const { state, window } = desk;
  const { target } = page;
  if (!state || !window || !target) return null;
  const facts = { from: windowName(window), to: windowName(state.windows[target]) };
  return html`<${Confirm} title=${t("counter.move_title", facts)} text=${t("counter.move_text", facts)} yes=${t("counter.action.move")}
    onYes=${() => page.send("move", null, { leave: true }, target)} onClose=${onClose} />`;
}

/** @param {Asked} asked */
function TakeOver({ page, desk, hall, onClose }) {
  const { state, window } = desk;
  const code = page.target || (window && window.code);
  if (!state || !code || !state.windows[code]) return null;
  const held = ticketAt(code, state.tickets);
  return html`<${TakeOverDialog} hall=${hall} code=${code} window=${windowName(state.windows[code])} holds=${held && held.number}
    leave=${page.seated} onTaken=${() => page.taken(code)} onClose=${onClose} />`;
}

/** @param {Asked} asked */
function Issue({ page, desk, onClose }) {
  return html`<${IssueDialog} state=${desk.state} onIssue=${(/** @type {any} */ body) => page.send("issue", null, body)} onClose=${onClose} />`;
}

/** @param {Asked} asked */
function Pick({ page, desk, onClose }) {
  return html`<${PickDialog} desk=${desk} onPick=${(/** @type {any} */ body) => page.send("pick", null, body)} onClose=${onClose} />`;
}

/** @param {Asked & {ticket: any}} asked */
function Leave({ page, ticket, onClose }) {
  return html`<${Confirm} title=${t("counter.leave_title", { number: ticket.number })} text=${t("counter.leave_text")}
    yes=${t("counter.action.leave")} onYes=${() => page.send("leave", ticket)} onClose=${onClose} />`;
}

/** @param {Asked & {ticket: any}} asked */
function Transfer({ page, desk, ticket, onClose }) {
  return html`<${TransferDialog} ticket=${ticket} state=${desk.state}
    onTransfer=${(/** @type {any} */ body) => page.send("transfer", ticket, body)} onClose=${onClose} />`;
}

/** @param {Asked & {ticket: any}} asked */
function Park({ page, ticket, onClose }) {
  return html`<${ParkDialog} number=${ticket.number} onPark=${(/** @type {any} */ body) => page.send("park", ticket, body)} onClose=${onClose} />`;
}

/** @param {Asked & {ticket: any}} asked */
function FinishAs({ page, ticket, onClose }) {
  return html`<${ReasonDialog} title=${t("counter.finish_title", { number: ticket.number })} reasons=${RESULTS} words="result"
    onReason=${(/** @type {string} */ result) => page.send("finish", ticket, { result })} onClose=${onClose} />`;
}

/** @param {Asked & {ticket: any}} asked */
function MissAs({ page, ticket, onClose }) {
  return html`<${ReasonDialog} title=${t("counter.miss_title", { number: ticket.number })} reasons=${MISS_REASONS} words="miss"
    onReason=${(/** @type {string} */ reason) => page.send("miss", ticket, { reason })} onClose=${onClose} />`;
}
