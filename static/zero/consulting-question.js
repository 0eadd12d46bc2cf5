// @ts-check
import { isWaiting } from "../counter/presses.js";
import { Said } from "../counter/shared/asked.js";
import { html } from "../lib/ui.js";
import { Answer } from "./answer.js";
import { BlockedDialog } from "./blocked-dialog.js";
import { NoticeDialog } from "./notice-dialog.js";
import { countMissing, linesOf, ownerOf } from "./sheet.js";
import { WayDialog } from "./way-dialog.js";

/**
 * What has to be asked about an outcome: minutes, whose the case is, or the way on.
 * @param {object} props
 * @param {import("./use-consulting.js").Consulting} props.consulting
 * @param {{id: string, number: string}} props.ticket
 * @param {any} props.state
 * @param {import("./sheet.js").Known} props.known
 * @param {import("../counter/presses.js").Press | null} props.press
 * @param {boolean} [props.floor]
 */
export function ConsultingQuestion(props) {
  const { consulting, press } = props;
  if (!consulting.asking) return null;
  return html`<${Said.Provider} value=${consulting.sent ? saidOf(press) : null}><${Question} ...${props} /><//>`;
}

/** What came of the answer to a question, inside it. @param {import("../counter/presses.js").Press | null} press */
export function saidOf(press) {
  return { text: html`<${Answer} press=${press} role="alert" />`, waiting: isWaiting(press) };
}

/** @param {any} props of `ConsultingQuestion` */
function Question({ consulting, ticket, state, known, floor = false }) {
  const { asking, ask, finish, sheet } = consulting;
  const onClose = () => ask(null);
  if (asking === "notice") {
    return html`<${NoticeDialog} number=${ticket.number} onMinutes=${(/** @type {any} */ more) => finish("notice", more)} onClose=${onClose} />`;
  }
  if (asking === "blocked") {
    return html`<${BlockedDialog} number=${ticket.number} owner=${ownerOf(sheet, known)} text=${sheet.note}
      onBlocked=${(/** @type {any} */ more) => finish("blocked", more)} onClose=${onClose} />`;
  }
  const outcome = asking === "escort" ? "escort" : "ready";
  return html`<${WayDialog} key=${asking} number=${ticket.number} outcome=${outcome} state=${state} lines=${linesOf(sheet, known)}
    missing=${countMissing(sheet, known)} floor=${floor} onWay=${(/** @type {any} */ way) => finish(outcome, way)} onClose=${onClose} />`;
}
