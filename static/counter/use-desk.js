// @ts-check
import { order } from "../lib/orders.js";
import { useMemo, useRef, useState } from "../lib/ui.js";
import { seatOf } from "./action.js";
import { stillAhead, withAnswers } from "./overlay.js";
import { createPresses } from "./presses.js";
import { requestFor } from "./requests.js";
import { signIn } from "./shared/start.js";
import { missedOf, queueOf, ticketAt } from "./turn.js";

/** @typedef {import("./types.js").HallState} HallState */
/** @typedef {import("./presses.js").Press} Press */

/**
 * @typedef {object} Desk What the clerk's page knows of its window.
 * @property {HallState | null} state
 * @property {import("./types.js").Window | null} window
 * @property {import("./types.js").Ticket | null} ticket the ticket at the window
 * @property {import("./types.js").Ticket[]} queue
 * @property {import("./types.js").Ticket[]} missed
 * @property {Press | null} press the latest press
 * @property {(action: string, ticket?: {id: string, number: string} | null, body?: Record<string, unknown>) => Promise<Press | null>} ask
 */

/**
 * @param {{hall: string, me: any, news: import("./shared/news-hook.js").News, chosen: string | null}} parts
 * @returns {Desk}
 */
export function useDesk({ hall, me, news, chosen }) {
  const { press, answers, presses } = usePresses(news.meta ? news.meta.seq : 0);
  const state = news.state && withAnswers(/** @type {any} */ (news.state), answers);
  const view = viewOf(state, me, chosen, news.meta ? news.meta.now : null);
  /** @type {Desk["ask"]} */
  const ask = (action, ticket = view.ticket, body = {}) => {
    const code = view.window ? view.window.code : "";
    const request = requestFor(action, { hall, window: code, ticket: ticket && ticket.id, body });
    return presses.press(action, ticket && ticket.number, request);
  };
  return { state, press: useWhileTrue(press, view), ...view, ask };
}

/**
 * What a press achieved is said until something else happens at the window: another tab, a
 * supervisor or the close of the day make the sentence untrue.
 * @param {Press | null} press
 * @param {{window: any, ticket: any}} view
 */
function useWhileTrue(press, { window, ticket }) {
  const mark = [window && window.state, ticket && ticket.number, ticket && ticket.state].join("/");
  const said = useRef({ press, mark });
  if (said.current.press !== press) said.current = { press, mark };
  return press && press.phase === "done" && said.current.mark !== mark ? null : press;
}

/**
 * The presses of this page, the latest of them, and the answers that are still ahead of the news.
 * @param {number} seq where the news stand
 */
function usePresses(seq) {
  const [press, show] = useState(/** @type {Press | null} */ (null));
  const kept = useRef(/** @type {import("./overlay.js").Kept[]} */ ([]));
  const take = (/** @type {Press} */ now) => {
    if (now.answer && now.answer.status === 401) signIn(location.pathname);
    const body = now.phase === "done" && now.answer ? now.answer.body : null;
    if (body && body.seq) kept.current = [...kept.current, { seq: body.seq, at: performance.now(), body }];
    show(now);
  };
  const presses = useMemo(() => createPresses({ send, clock: () => performance.now(), onChange: take }), []);
  kept.current = stillAhead(kept.current, seq, performance.now());
  return { press, presses, answers: kept.current };
}

/**
 * @param {{method: "POST", path: string, body: any}} request
 * @param {(unconfirmed: boolean) => void} onUnconfirmed
 */
function send({ method, path, body }, onUnconfirmed) {
  return order(method, path, body, { onUnconfirmed });
}

/**
 * The seat in the news comes before the choice made here: another tab or a supervisor may have moved us.
 * @param {HallState | null} state
 * @param {any} me
 * @param {string | null} chosen
 * @param {Date | null} now hall time
 */
function viewOf(state, me, chosen, now) {
  const window = state && (seatOf(state.windows, me) || (chosen && state.windows[chosen]) || null);
  if (!state || !window) return { window: null, ticket: null, queue: [], missed: [] };
  return {
    window,
    ticket: ticketAt(window.code, state.tickets),
    queue: queueOf(window, state.tickets),
    missed: missedOf(window, state.tickets, now),
  };
}
