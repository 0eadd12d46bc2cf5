// @ts-check
/**
 * Orders to the server. One press of a button is one key, however often the network makes us repeat
 * it, so nothing is done twice and every press gets a definite answer.
 */

const TIMEOUT = 5000;
/** How long a press is repeated before its outcome is reported as unknown, in ms. */
const KEEP_TRYING = 60_000;
const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 3000;
/** The server is there but cannot answer now: as good as no answer. */
const NOT_NOW = new Set([502, 503, 504]);
/** Orders after which the session, and its token against cross-site orders, is another one. */
const CHANGES_SESSION = new Set(["/api/sessions", "/api/session", "/api/enrolments"]);

/**
 * @typedef {{status: number, body: any, replay: boolean}} Answer `status` 0: no answer at all;
 *   `body.error` is then `unconfirmed` for orders and `unreachable` for readings.
 * @typedef {{key?: string, onUnconfirmed?: (unconfirmed: boolean) => void, patience?: number}} OrderOptions
 *   `patience`: how long it is repeated, in ms; 0 is one try
 */

/** A name for one press of a button. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Send an order until it is answered. Refusals are answers: they are returned, not thrown.
 * @param {"POST" | "PUT" | "DELETE"} method
 * @param {string} path
 * @param {Record<string, any>} [body]
 * @param {OrderOptions} [options]
 * @returns {Promise<Answer>}
 */
export async function order(method, path, body = {}, { key = newKey(), onUnconfirmed = () => {}, patience = KEEP_TRYING } = {}) {
  const deadline = Date.now() + patience;
  let doubtful = false;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    const answer = await attempt(method, path, body, key);
    const over = Date.now() + pause > deadline;
    if (answer || over) {
      if (doubtful) onUnconfirmed(false);
      return answer || noAnswer("unconfirmed");
    }
    if (!doubtful) onUnconfirmed(true);
    doubtful = true;
    await pauseOrReturn(pause);
  }
}

/** What each press in hand does when the server is heard of again. @type {Set<() => void>} */
const hurry = new Set();

/**
 * The server is heard of after a silence: presses in hand are sent again at once, instead of waiting for
 * answers that were lost and for pauses that were meant for a server that is away.
 */
export function serverIsBack() {
  for (const again of hurry) again();
}

/** @param {number} pause */
function pauseOrReturn(pause) {
  return new Promise((done) => {
    const resume = () => {
      hurry.delete(resume);
      done(undefined);
    };
    hurry.add(resume);
    setTimeout(resume, pause);
  });
}

/**
 * One try; null when it was not answered.
 * @param {string} method @param {string} path @param {any} body @param {string} key
 * @returns {Promise<Answer | null>}
 */
async function attempt(method, path, body, key) {
  try {
    let answer = await send(method, path, body, key);
    if (answer.status === 403 && answer.body.error === "csrf_failed") {
      forgetSession();
      answer = await send(method, path, body, key);
    }
    if (NOT_NOW.has(answer.status)) return null;
    if (answer.status < 300 && CHANGES_SESSION.has(path)) forgetSession();
    return answer;
  } catch {
    return null; // no network, a timeout, or half an answer: the caller repeats it
  }
}

/** @param {string} method @param {string} path @param {any} body @param {string} key */
async function send(method, path, body, key) {
  const { csrf } = await session();
  const headers = { "Content-Type": "application/json", "Idempotency-Key": key, "X-CSRF-Token": csrf || "" };
  const aborter = new AbortController();
  const again = () => aborter.abort();
  hurry.add(again);
  try {
    return await request(path, { method, headers, body: JSON.stringify(body) }, aborter);
  } finally {
    hurry.delete(again);
  }
}

/** @param {string} path @param {RequestInit} init @param {AbortController} [aborter] @returns {Promise<Answer>} */
async function request(path, init, aborter = new AbortController()) {
  const timer = setTimeout(() => aborter.abort(), TIMEOUT);
  try {
    const answer = await fetch(path, { credentials: "same-origin", cache: "no-store", ...init, signal: aborter.signal });
    const replay = answer.headers.get("Idempotent-Replay") === "true";
    return { status: answer.status, body: await bodyOf(answer), replay };
  } finally {
    clearTimeout(timer);
  }
}

/** A proxy's error page is not JSON; its status still counts. @param {Response} answer */
async function bodyOf(answer) {
  try {
    return await answer.json();
  } catch (error) {
    if (answer.ok) throw error;
    return { error: "internal", facts: {} };
  }
}

/** @param {string} error @returns {Answer} */
function noAnswer(error) {
  return { status: 0, body: { error, facts: {} }, replay: false };
}

/**
 * Read something. Never throws: without an answer the status is 0 and the error `unreachable`.
 * With `cache: "no-cache"` the browser asks by what it has, and is not sent the same again.
 * @param {string} path @param {{cache?: RequestCache}} [how]
 * @returns {Promise<Answer>}
 */
export async function getJSON(path, how = {}) {
  try {
    return await request(path, how);
  } catch {
    return noAnswer("unreachable");
  }
}

/** @type {Promise<any> | null} */
let current = null;

/**
 * Who is asking (`GET /api/session`), remembered until `forgetSession()`. Throws without an answer.
 * @returns {Promise<any>}
 */
export function session() {
  if (!current) {
    const asked = readSession();
    current = asked;
    asked.catch(() => {
      if (current === asked) current = null;
    });
  }
  return current;
}

async function readSession() {
  const { status, body } = await getJSON("/api/session");
  if (status !== 200) throw new Error(`session: ${status} ${body.error}`);
  return body;
}

/** The next `session()` asks the server again. */
export function forgetSession() {
  current = null;
}
