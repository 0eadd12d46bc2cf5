// @ts-check
/**
 * One order of this window under way at a time.
 *
 * A press while another is unanswered is swallowed, whatever it asks: two orders on the road can
 * arrive in either order, and a clerk who presses twice means one person.
 *
 * @typedef {"sent" | "unconfirmed" | "done" | "refused" | "failed"} Phase
 * @typedef {{status: number, body: any, replay?: boolean}} Answer
 * @typedef {{action: string, phase: Phase, subject: string | null, answer: Answer | null}} Press
 */

/** A double click is one press, in milliseconds: the button's next meaning must not get the second. */
export const DOUBLE_PRESS_MS = 350;

/**
 * @typedef {object} Parts
 * @property {(request: any, onUnconfirmed: (unconfirmed: boolean) => void) => Promise<Answer>} send
 * @property {(press: Press) => void} onChange
 * @property {() => number} clock monotonic milliseconds
 */

/** @param {Parts} parts */
export function createPresses({ send, onChange, clock }) {
  let busy = false;
  let pressedAt = -Infinity;
  const free = () => !busy && clock() - pressedAt >= DOUBLE_PRESS_MS;
  return {
    /** Whether a press would be sent: a question that was answered too early stays open instead. */
    free,
    /**
     * @param {string} action
     * @param {string | null} subject number of the ticket it is about, for the sentence
     * @param {any} request
     * @returns {Promise<Press | null>} null when the press was swallowed
     */
    async press(action, subject, request) {
      if (!free()) return null;
      busy = true;
      pressedAt = clock();
      const answered = await follow(send, request, (phase, answer) => onChange({ action, phase, subject, answer }));
      busy = false;
      return { action, subject, ...answered };
    },
  };
}

/**
 * Send it and report each phase as it comes.
 * @param {Parts["send"]} send
 * @param {any} request
 * @param {(phase: Phase, answer: Answer | null) => void} report
 * @returns {Promise<{phase: Phase, answer: Answer | null}>}
 */
async function follow(send, request, report) {
  /** @type {{phase: Phase, answer: Answer | null}} */
  let last = { phase: "failed", answer: null };
  report("sent", null);
  try {
    const answer = await send(request, (doubt) => report(doubt ? "unconfirmed" : "sent", null));
    last = { phase: phaseOf(answer.status), answer };
  } catch (error) {
    console.error(error);
  }
  report(last.phase, last.answer);
  return last;
}

/** An order is on its way: the same button would only be swallowed. @param {Press | null} press */
export function isWaiting(press) {
  return Boolean(press && (press.phase === "sent" || press.phase === "unconfirmed"));
}

/** @param {number} status 0 when there was no answer at all */
function phaseOf(status) {
  if (status === 0) return "failed";
  return status < 300 ? "done" : "refused";
}

/**
 * The key and facts of the sentence about a press; a refusal has its own sentences.
 * @param {Press} press
 * @returns {{key: string, facts: Record<string, any>} | null}
 */
export function outcomeOf({ action, phase, subject, answer }) {
  if (phase === "refused" || phase === "sent") return null;
  if (phase !== "done") return { key: `counter.outcome.${phase}`, facts: {} };
  const body = (answer && answer.body) || {};
  const calling = action === "call" || action === "finish_and_call";
  if (calling && !body.ticket) {
    const done = body.finished ? body.finished.number : null;
    return done
      ? { key: "counter.outcome.finished_nobody", facts: { ticket: done } }
      : { key: "counter.outcome.nobody", facts: {} };
  }
  const number = body.ticket ? body.ticket.number : subject;
  const name = action === "finish_and_call" || action === "pick" ? "call" : action;
  const goesOn = action === "finish" && body.ticket && body.ticket.state === "waiting";
  const facts = { ticket: number || "", ahead: body.ahead, cases: body.cases };
  return { key: `counter.outcome.${goesOn ? "goes_on" : name}`, facts };
}
