// @ts-check
import { nextAction, possible } from "../counter/action.js";
import { isWaiting } from "../counter/presses.js";
import { useAsked } from "../counter/shared/asked.js";
import { useHelp } from "../counter/use-help.js";
import { useDesk } from "../counter/use-desk.js";
import { t } from "../lib/i18n.js";
import { useEffect } from "../lib/ui.js";
import { likely } from "./outcomes.js";
import { withAllPapers } from "./sheet.js";
import { useConsulting } from "./use-consulting.js";
import { useKeys } from "./use-keys.js";

/** Actions of the window that ask something first. */
const ASKING = ["pause", "leave"];

/**
 * @typedef {object} Zero What the zero window's page knows and can do.
 * @property {import("../counter/use-desk.js").Desk} desk
 * @property {import("./use-consulting.js").Consulting} consulting
 * @property {boolean} serving
 * @property {boolean} present somebody is called or served here: whoever was consulted has come
 * @property {boolean} idle
 * @property {boolean} waiting an order is on its way
 * @property {string} likely
 * @property {{name: string, number: string | null} | null} next
 * @property {Set<string>} allowed
 * @property {string | null} question of the window: "pause" or "leave"
 * @property {boolean} sent that question is answered, and the order sent
 * @property {(action: string, body?: Record<string, unknown>) => void} send
 * @property {() => void} dismiss
 * @property {ReturnType<typeof useHelp>} help
 * @property {(wish: string) => void} act
 */

/**
 * @param {{who: any, news: any, known: import("./sheet.js").Known, onNotice: (id: string) => void}} parts
 * @returns {Zero}
 */
export function useWindow({ who, news, known, onNotice }) {
  const me = who.staff.id;
  const desk = useDesk({ hall: who.hall, me, news, chosen: who.window });
  const { window, ticket, queue } = desk;
  const lines = desk.state ? desk.state.lines : {};
  const { asking: question, ask: put, sent, follow } = useAsked();
  // A question about a ticket goes with it: it must not open again for the next one.
  useEffect(() => { if (question === "leave") put(null); }, [ticket && ticket.id]);
  const serving = Boolean(ticket && ticket.state === "serving");
  const consulting = useConsulting({
    ticket, known, lines, onNotice, free: desk.free, send: (body) => desk.ask("consult", ticket, body),
  });
  const send = (/** @type {string} */ action, /** @type {Record<string, unknown>} */ body = {}) => {
    if (question && !desk.free()) return;
    consulting.say(null);
    follow(desk.ask(action, ticket, body));
  };
  const parts = {
    desk, consulting, serving, present: Boolean(ticket), question, sent, send, waiting: isWaiting(desk.press), dismiss: () => put(null),
    idle: Boolean(window && window.state === "open" && !ticket), likely: likely(consulting.sheet, known),
    next: window && nextAction(window, ticket, queue[0], me), allowed: new Set(window ? possible(window, ticket, me) : []),
  };
  const help = useHelp(who.hall, window ? window.code : "");
  const act = actFor({ ...parts, put, known, help });
  useKeys(act);
  return { ...parts, help, act };
}

/** @param {any} parts @returns {Zero["act"]} */
function actFor({ consulting, serving, present, likely: suggested, next, allowed, put, send, known, help }) {
  /** @type {Record<string, () => void>} */
  const plain = {
    search: focusSearch,
    alarm: () => { help.raise(); },
    papers: () => consulting.change(withAllPapers(consulting.sheet, known)),
    no_entry: () => consulting.change({ ...consulting.sheet, noEntry: !consulting.sheet.noEntry }),
    next: () => (serving ? consulting.choose(suggested) : next && send(next.name)),
  };
  return (wish) => {
    if (plain[wish]) return plain[wish]();
    const outcome = wish.startsWith("outcome:") ? wish.slice("outcome:".length) : null;
    if (outcome || wish === "way") {
      if (!present) return consulting.say(t("zero.start_first"));
      return outcome ? consulting.choose(outcome) : consulting.ask("way");
    }
    if (!allowed.has(wish)) return consulting.say(t("counter.not_now", { action: t(`counter.action.${wish}`) }));
    return ASKING.includes(wish) ? put(wish) : send(wish);
  };
}

export function focusSearch() {
  const box = document.getElementById("find");
  if (box) box.focus();
}
