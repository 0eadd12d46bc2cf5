// @ts-check
import { refusalText, t } from "../lib/i18n.js";
import { useEffect, useState } from "../lib/ui.js";
import { nextAction, possible } from "./action.js";
import { openAlarms, toAccept } from "./alarms.js";
import { rateable } from "./served.js";
import { useAsked } from "./shared/asked.js";
import { signOut } from "./shared/bar.js";

/** Actions that ask something before they are sent, and those of them that are about the ticket here. */
const ASKING_OF_TICKET = ["transfer", "leave", "finish_as", "miss_as", "park"];
const ASKING = ["pause", "issue", "pick", ...ASKING_OF_TICKET];
/** What an action says when it asks nothing. @type {Record<string, Record<string, string>>} */
const SAYS = { finish: { result: "settled" }, miss: { reason: "no_answer" } };

/** The window chosen on this page lives in the address, so that a reload keeps it. */
export function chosenInAddress() {
  return decodeURIComponent(location.hash.slice(1)) || null;
}

/**
 * @typedef {object} Page What the page can be asked to do, and the question that stands open.
 * @property {string | null} asking
 * @property {(question: string | null) => void} ask
 * @property {boolean} sent the question that stands open was answered, and its order sent
 * @property {string | null} hint a sentence of the page's own, instead of the last answer
 * @property {{name: string, number: string | null} | null} next
 * @property {string[]} allowed
 * @property {boolean} moving another window is being chosen
 * @property {(moving: boolean) => void} move
 * @property {string | null} target the window to move to, or to take over
 * @property {boolean} seated
 * @property {(code: string) => void} takeOver asks a supervisor for a window that is taken
 * @property {(code: string) => void} taken the window is ours now
 * @property {ReturnType<typeof useRating>} rating
 * @property {import("./alarm-banner.js").Help} help
 * @property {(action: string) => void} act
 * @property {(action: string, ticket?: any, body?: Record<string, unknown>, code?: string) => void} send
 * @property {(code: string | null) => void} choose
 * @property {() => void} leave sign out
 */

/**
 * @param {{desk: import("./use-desk.js").Desk, me: any, choose: (code: string | null) => void,
 *   help: import("./alarm-banner.js").Help, now: () => Date}} parts
 * @returns {Page}
 */
export function usePage({ desk, me, choose, help, now }) {
  const { asking, ask, sent, follow, hint, say } = useQuestion(desk.ticket);
  const seat = useSeat({ choose, say, ask, seated: Boolean(desk.window && desk.window.clerk === me) });
  const { window, ticket, rules } = desk;
  const next = window && nextAction(window, ticket, desk.queue[0], me, rules);
  const allowed = window ? possible(window, ticket, me, rules) : [];
  /** @type {Page["send"]} */
  const send = (action, about, body = SAYS[action], code) => {
    // The answer before this one is still on its way: what was filled in must not be lost with it.
    if (asking && !desk.free()) return;
    say(null);
    follow(desk.ask(action, about, body, code));
  };
  const rating = useRating(desk, now);
  const helping = helpFor({ desk, me, help, say });
  const act = actFor({ desk, next, allowed, ask, say, send, seat, helping, rating });
  const leave = leaveFor({ seated: seat.seated, asking, ask, say });
  return { asking, ask, sent, hint, next, allowed, act, send, help, leave, rating, ...seat };
}

/**
 * The question that stands open, and the sentence of the page's own. A question about a ticket goes
 * with it: it must not open again for the next one.
 * @param {import("./types.js").Ticket | null} ticket
 */
function useQuestion(ticket) {
  const { put, ...question } = useAsked();
  const [hint, say] = useState(/** @type {string | null} */ (null));
  useEffect(() => {
    put((/** @type {string | null} */ open) => (open && ASKING_OF_TICKET.includes(open) ? null : open));
  }, [ticket && ticket.id]);
  return { ...question, hint, say };
}

/**
 * Choosing a window, and moving to another one from where one sits.
 * @param {{choose: (code: string | null) => void, say: (text: string | null) => void,
 *   ask: (question: string | null) => void, seated: boolean}} parts
 */
function useSeat({ choose, say, ask, seated }) {
  const [moving, move] = useState(false);
  const [target, aim] = useState(/** @type {string | null} */ (null));
  const go = (/** @type {string | null} */ code) => {
    history.replaceState(null, "", code ? `#${encodeURIComponent(code)}` : location.pathname);
    say(null);
    move(false);
    if (seated && code) aim(code);
    if (seated && code) ask("move");
    else choose(code);
  };
  const takeOver = (/** @type {string} */ code) => {
    aim(code);
    ask("take_over");
  };
  const taken = (/** @type {string} */ code) => {
    ask(null);
    move(false);
    choose(code);
  };
  return { seated, moving: moving && seated, target, move, choose: go, takeOver, taken };
}

/**
 * Whose rating code is shown, and whether large. It closes by itself with the next person in service.
 * @param {import("./use-desk.js").Desk} desk
 * @param {() => Date} now hall time
 */
function useRating({ ticket, served, rules }, now) {
  const [shown, show] = useState(/** @type {string | null} */ (null));
  const of = rules.rating ? rateable(ticket, served, now()) : null;
  const large = of !== null && shown === of.id;
  return { of, large, toggle: () => show(large || !of ? null : of.id) };
}

/** @param {any} parts @returns {Record<string, () => void>} */
function helpFor({ desk, me, help, say }) {
  const accept = () => {
    const alarm = toAccept(openAlarms(desk.state && desk.state.alarms), me);
    if (alarm) help.accept(alarm);
  };
  const alarm = () => {
    if (desk.window && desk.window.clerk === me) help.raise();
    else say(t("counter.alarm.not_seated"));
  };
  return { accept, alarm };
}

/**
 * @param {any} page
 * @returns {Page["act"]}
 */
function actFor({ desk, next, allowed, ask, say, send, seat, helping, rating }) {
  const special = {
    ...helping,
    move: () => seat.move(!seat.moving),
    parked: focusParked,
    rating: () => (rating.of ? rating.toggle() : say(t("counter.rating_nobody"))),
    take_over: () => seat.takeOver(desk.window.code),
    undo: () => (desk.undoable() ? send("undo", desk.undoable()) : say(t("counter.undo_over"))),
  };
  return (/** @type {string} */ action) => {
    const open = ["accept", "alarm", "undo", "parked", "rating"].includes(action);
    // While another window is being chosen, the keys of this one rest.
    if (!open && (!next || (seat.moving && action !== "move"))) return;
    const name = action === "next" ? next.name : action;
    if (name === "choose") seat.choose(null);
    else if (action !== "next" && !open && !allowed.includes(action)) say(action === "pick" && !desk.rules.choose ? t("error.choosing_not_allowed") : t("counter.not_now", { action: t(`counter.action.${action}`) }));
    else if (special[name]) special[name]();
    else if (ASKING.includes(name)) ask(name);
    else send(name);
  };
}

/** The list of those set aside is reached by a key, and then by the keys that every list has. */
function focusParked() {
  const first = document.querySelector(".parked button");
  if (first instanceof HTMLElement) first.focus();
}

/**
 * Signing out leaves the window open and its ticket in service: it is asked about once.
 * @param {{seated: boolean, asking: string | null, ask: (q: string | null) => void, say: (text: string) => void}} page
 */
function leaveFor({ seated, asking, ask, say }) {
  return async () => {
    if (seated && asking !== "sign_out") return ask("sign_out");
    ask(null);
    const refused = await signOut("/counter");
    if (refused) say(refusalText({ error: refused }));
  };
}
