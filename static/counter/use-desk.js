// @ts-check
import { useMemo, useRef, useState } from "../lib/ui.js";
import { seatOf } from "./action.js";
import { stillAhead, withAnswers } from "./overlay.js";
import { createPresses } from "./presses.js";
import { requestFor } from "./requests.js";
import { rulesOf } from "./rules.js";
import { send } from "./send.js";
import { servedBy } from "./served.js";
import { signIn } from "./shared/start.js";
import { missedOf, parkedOf, queueOf, ticketAt } from "./turn.js";
import { secondsToUndo, undoableAfter } from "./undo.js";

/** @typedef {import("./types.js").HallState} HallState */
/** @typedef {import("./types.js").Ticket} Ticket */
/** @typedef {import("./presses.js").Press} Press */

/**
 * @typedef {object} Desk What the clerk's page knows of its window.
 * @property {HallState | null} state
 * @property {import("./types.js").Window | null} window
 * @property {Ticket | null} ticket the ticket at the window
 * @property {Ticket[]} queue
 * @property {Ticket[]} missed
 * @property {Ticket[]} parked
 * @property {import("./rules.js").Rules} rules
 * @property {Press | null} press the latest press
 * @property {import("./served.js").Served | null} served whom this page finished with last
 * @property {() => import("./undo.js").Finished | null} undoable the finish that may still be taken back
 * @property {() => boolean} free whether an order asked for now would be sent
 * @property {(action: string, ticket?: {id: string, number: string} | null, body?: Record<string, unknown>,
 *   code?: string) => Promise<Press | null>} ask `code`: another window than this one
 */

/**
 * @param {{hall: string, me: any, news: import("./shared/news-hook.js").News, chosen: string | null}} parts
 * @returns {Desk}
 */
export function useDesk({ hall, me, news, chosen }) {
  const { press, finished, served, answers, presses } = usePresses(news.meta ? news.meta.seq : 0);
  const state = news.state && withAnswers(/** @type {any} */ (news.state), answers);
  const view = viewOf(state, me, chosen, news.meta ? news.meta.now : null);
  /** @type {Desk["ask"]} */
  const ask = (action, ticket = view.ticket, body = {}, code = view.window ? view.window.code : "") => {
    const request = requestFor(action, { hall, window: code, ticket: ticket && ticket.id, body });
    return presses.press(action, ticket && ticket.number, request);
  };
  // Only where nothing came after it: not with the next ticket here, and not in a pause.
  const free = view.window && view.window.state === "open" && view.window.clerk === me && !view.ticket;
  const undoable = () => (free && finished && secondsToUndo(finished, news.now()) > 0 ? finished : null);
  return { state, rules: rulesOf(state && state.hall), press: useWhileTrue(press, view), served, undoable, ...view, free: presses.free, ask };
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
 * The presses of this page, the latest of them, what it finished last, and the answers that are still
 * ahead of the news.
 * @param {number} seq where the news stand
 */
function usePresses(seq) {
  const [press, show] = useState(/** @type {Press | null} */ (null));
  const kept = useRef(/** @type {import("./overlay.js").Kept[]} */ ([]));
  const finished = useRef(/** @type {import("./undo.js").Finished | null} */ (null));
  const served = useRef(/** @type {import("./served.js").Served | null} */ (null));
  const take = (/** @type {Press} */ now) => {
    if (now.answer && now.answer.status === 401) signIn(location.pathname);
    const body = now.phase === "done" && now.answer ? now.answer.body : null;
    if (body && body.seq) kept.current = [...kept.current, { seq: body.seq, at: performance.now(), body }];
    finished.current = undoableAfter(finished.current, now);
    served.current = now.phase === "done" && now.action === "undo" ? null : servedBy(now) || served.current;
    show(now);
  };
  const presses = useMemo(() => createPresses({ send, clock: () => performance.now(), onChange: take }), []);
  kept.current = stillAhead(kept.current, seq, performance.now());
  return { press, finished: finished.current, served: served.current, presses, answers: kept.current };
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
  if (!state || !window) return { window: null, ticket: null, queue: [], missed: [], parked: [] };
  return {
    window,
    ticket: ticketAt(window.code, state.tickets),
    queue: queueOf(window, state.tickets),
    missed: missedOf(window, state.tickets, now),
    parked: parkedOf(window, state.tickets),
  };
}
