// @ts-check
import { refusalText, t } from "../lib/i18n.js";
import { useState } from "../lib/ui.js";
import { nextAction, possible } from "./action.js";
import { signOut } from "./shared/bar.js";

/** Actions that ask something before they are sent. */
const ASKING = ["pause", "transfer", "leave"];

/** The window chosen on this page lives in the address, so that a reload keeps it. */
export function chosenInAddress() {
  return decodeURIComponent(location.hash.slice(1)) || null;
}

/**
 * @typedef {object} Page What the page can be asked to do, and the question that stands open.
 * @property {string | null} asking
 * @property {(question: string | null) => void} ask
 * @property {string | null} hint a sentence of the page's own, instead of the last answer
 * @property {{name: string, number: string | null} | null} next
 * @property {Set<string>} allowed
 * @property {(action: string) => void} act
 * @property {(action: string, ticket?: any, body?: Record<string, unknown>) => void} send
 * @property {(code: string | null) => void} choose
 * @property {() => void} leave sign out
 */

/**
 * @param {{desk: import("./use-desk.js").Desk, me: any, choose: (code: string | null) => void}} parts
 * @returns {Page}
 */
export function usePage({ desk, me, choose }) {
  const [asking, ask] = useState(/** @type {string | null} */ (null));
  const [hint, say] = useState(/** @type {string | null} */ (null));
  const { window, ticket } = desk;
  const next = window && nextAction(window, ticket, desk.queue[0], me);
  const allowed = window ? possible(window, ticket, me) : new Set();
  /** @type {Page["send"]} */
  const send = (action, ...rest) => {
    say(null);
    ask(null);
    desk.ask(action, ...rest);
  };
  /** @type {Page["choose"]} */
  const go = (code) => {
    history.replaceState(null, "", code ? `#${encodeURIComponent(code)}` : location.pathname);
    say(null);
    choose(code);
  };
  const act = actFor({ next, allowed, ask, say, send, go });
  const leave = leaveFor({ seated: Boolean(window && window.clerk === me), asking, ask, say });
  return { asking, ask, hint, next, allowed, act, send, choose: go, leave };
}

/**
 * @param {any} page
 * @returns {Page["act"]}
 */
function actFor({ next, allowed, ask, say, send, go }) {
  return (action) => {
    if (!next) return;
    const name = action === "next" ? next.name : action;
    if (name === "choose") go(null);
    else if (action !== "next" && !allowed.has(action)) say(t("counter.not_now", { action: t(`counter.action.${action}`) }));
    else if (ASKING.includes(name)) ask(name);
    else send(name);
  };
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
