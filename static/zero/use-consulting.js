// @ts-check
import { useAsked } from "../counter/shared/asked.js";
import { t } from "../lib/i18n.js";
import { useEffect, useState } from "../lib/ui.js";
import { asks, isHandedOn, obstacle } from "./outcomes.js";
import { EMPTY_SHEET, findings, linesOf, sheetFrom, wayOn } from "./sheet.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("../counter/types.js").Ticket} Ticket */
/** @typedef {import("../counter/presses.js").Press} Press */

/**
 * @typedef {object} Consulting One person's consultation: the sheet, and what is to come of it.
 * @property {Sheet} sheet
 * @property {(sheet: Sheet) => void} change
 * @property {string | null} asking the outcome about which something is asked
 * @property {(outcome: string | null) => void} ask
 * @property {boolean} sent what was asked is answered, and the order sent
 * @property {string | null} hint
 * @property {(text: string | null) => void} say
 * @property {(outcome: string) => void} choose by button or key
 * @property {(outcome: string, more?: Record<string, unknown>) => void} finish with what was asked
 */

/**
 * @param {object} parts
 * @param {any} parts.ticket whose consultation it is
 * @param {import("./sheet.js").Known} parts.known
 * @param {Record<string, any>} parts.lines
 * @param {boolean} [parts.floor] among those who wait: nobody is set aside
 * @param {() => boolean} parts.free whether an order would be sent now
 * @param {(body: Record<string, unknown>) => Promise<Press | null>} parts.send
 * @param {(id: string) => void} parts.onNotice
 * @returns {Consulting}
 */
export function useConsulting({ ticket, known, lines, floor = false, free, send, onNotice }) {
  const [sheet, change] = useState(EMPTY_SHEET);
  const { asking, ask, sent, follow, hint, say } = useQuestion();
  const loaded = Object.keys(known).length > 0;
  useEffect(() => {
    change(sheetFrom(ticket && ticket.brings, known));
    ask(null);
  }, [ticket && ticket.id, loaded]);
  /** @type {Consulting["finish"]} */
  const finish = async (outcome, more = {}) => {
    // Swallowed or refused: what was filled in must not be lost with it.
    if (!free()) return;
    const press = await follow(send(findings(outcome, sheet, known, more)));
    if (!press || press.phase !== "done" || !press.answer) return;
    change(EMPTY_SHEET);
    if (outcome === "notice") onNotice(press.answer.body.consultation.id);
  };
  /** @type {Consulting["choose"]} */
  const choose = (outcome) => {
    const why = obstacle(outcome, sheet, known);
    if (why) return say(t(why));
    say(null);
    if (asks(outcome, sheet, known, lines, floor)) return ask(outcome);
    return finish(outcome, isHandedOn(outcome) ? wayOn(linesOf(sheet, known)) : {});
  };
  const alter = (/** @type {Sheet} */ next) => { say(null); change(next); };
  return { sheet, change: alter, asking, ask, sent, hint, say, choose, finish };
}

/** The question that stands open, and a sentence of the page's own. */
function useQuestion() {
  const asked = useAsked();
  const [hint, say] = useState(/** @type {string | null} */ (null));
  return { ...asked, hint, say };
}
