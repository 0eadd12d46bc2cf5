// @ts-check
import { language, refusalText, t } from "../lib/i18n.js";
import { order } from "../lib/orders.js";
import { html, useEffect, useRef, useState } from "../lib/ui.js";
import { isOpen, isWrong, slipSentence } from "./notice-slip-state.js";
import { useReading } from "./use-reading.js";

/** How often a sheet that is under way is looked after, in ms. */
const LOOK_EVERY = 1000;

/**
 * The notice on a ticket printer, where one is there: a button, its key, and what became of the sheet.
 * Each press is one sheet, so there is no other while one is under way.
 * @param {{hall: string, id: string, ready: boolean}} props
 */
export function NoticeSlip({ hall, id, ready }) {
  const { found, again } = useReading(hall, `/consultations/${id}/prints`);
  const { said, busy, print } = useSlip(hall, id, again);
  const open = isOpen(found && found.jobs[0]);
  useEffect(() => {
    if (!open) return undefined;
    const timer = setInterval(again, LOOK_EVERY);
    return () => clearInterval(timer);
  }, [open]);
  const may = ready && !busy && !open && Boolean(found && found.printer);
  useKey("p", () => { if (may) print(); });
  if (!found || (!found.printer && found.jobs.length === 0)) return null;
  const sentence = slipSentence(found);
  return html`
    <div class="notice-slip" data-state=${found.jobs.length ? found.jobs[0].state : ""}>
      <p role="status" class=${isWrong(found.jobs[0]) || said ? "slip-said bad" : "slip-said"}>${said || (sentence && t(sentence))}</p>
      <button type="button" class="button" disabled=${!may} aria-keyshortcuts="P" onClick=${print}>
        ${t(found.jobs.length ? "zero.slip.again" : "zero.slip.print")} <kbd aria-hidden="true">P</kbd></button>
    </div>`;
}

/**
 * @param {string} hall @param {string} id @param {() => void} onOrdered
 * @returns {{said: string, busy: boolean, print: () => Promise<void>}} `said`: why it was not ordered
 */
function useSlip(hall, id, onOrdered) {
  const [{ said, busy }, show] = useState({ said: "", busy: false });
  const print = async () => {
    show({ said: "", busy: true });
    const path = `/api/halls/${encodeURIComponent(hall)}/consultations/${id}/prints`;
    const { status, body } = await order("POST", path, { language: language() === "en" ? "en" : "zh-CN" });
    const ordered = status >= 200 && status < 300;
    show({ said: ordered ? "" : refusalText(body), busy: false });
    if (ordered) onOrdered();
  };
  return { said, busy, print };
}

/** @param {string} key @param {() => void} onPress */
function useKey(key, onPress) {
  const latest = useRef(onPress);
  latest.current = onPress;
  useEffect(() => {
    const onKey = (/** @type {KeyboardEvent} */ event) => {
      const plain = !event.repeat && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (plain && event.key.toLowerCase() === key) latest.current();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
