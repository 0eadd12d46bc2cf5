import assert from "node:assert/strict";
import test, { beforeEach } from "node:test";
import { forgetSession, getJSON, newKey, order, session } from "../../static/lib/orders.js";

const SESSION = "/api/session";
const OFFLINE = Symbol("offline");

/** A server with a script: what each order is answered, the last for ever. */
function server(t, ...script) {
  const seen = { orders: [], sessions: 0 };
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  t.mock.method(globalThis, "fetch", async (path, init = {}) => {
    if (path === SESSION && (init.method || "GET") === "GET") {
      seen.sessions += 1;
      return new Response(JSON.stringify({ csrf: `token ${seen.sessions}`, hall: "demo" }));
    }
    seen.orders.push({ path, ...init });
    const next = script.length > 1 ? script.shift() : script[0];
    if (next === OFFLINE) throw new TypeError("Failed to fetch");
    if (next === "never") return new Promise((_, fail) => init.signal.addEventListener("abort", () => fail(new Error("aborted"))));
    return new Response(next.text ?? JSON.stringify(next.body), { status: next.status, headers: next.headers });
  });
  return seen;
}

/** Let the clock run until the order is answered. */
async function answered(t, promise) {
  let answer;
  promise.then((one) => (answer = one));
  for (let i = 0; i < 5000 && !answer; i += 1) {
    await new Promise(setImmediate);
    t.mock.timers.tick(100);
  }
  return answer;
}

const keys = (seen) => new Set(seen.orders.map((one) => one.headers["Idempotency-Key"]));
const OK = { status: 201, body: { seq: 7 } };

beforeEach(() => forgetSession());

test("an order carries a key, the token and its body", async (t) => {
  const seen = server(t, OK);
  const answer = await answered(t, order("POST", "/api/halls/demo/tickets", { line: "A" }, { key: "press-0001" }));
  assert.deepEqual(answer, { status: 201, body: { seq: 7 }, replay: false });
  assert.equal(seen.orders[0].headers["Idempotency-Key"], "press-0001");
  assert.equal(seen.orders[0].headers["X-CSRF-Token"], "token 1");
  assert.equal(seen.orders[0].body, '{"line":"A"}');
});

test("every press has its own key of the allowed form", () => {
  const made = Array.from({ length: 100 }, newKey);
  assert.equal(new Set(made).size, 100);
  for (const key of made) assert.match(key, /^[A-Za-z0-9_-]{8,128}$/);
});

const FAILURES = {
  "no network": OFFLINE, "a timeout": "never", 502: { status: 502, text: "<html>" }, 504: { status: 504, text: "" },
  503: { status: 503, body: { error: "busy", facts: {} } },
};
for (const [name, failure] of Object.entries(FAILURES)) {
  test(`after ${name} the same press is repeated under the same key`, async (t) => {
    const seen = server(t, failure, failure, OK);
    const doubts = [];
    const answer = await answered(t, order("POST", "/x", {}, { onUnconfirmed: (is) => doubts.push(is) }));
    assert.equal(answer.status, 201);
    assert.equal(seen.orders.length, 3);
    assert.equal(keys(seen).size, 1);
    assert.deepEqual(doubts, [true, false]);
  });
}

test("an order that is answered at once is never in doubt", async (t) => {
  server(t, OK);
  const doubts = [];
  await answered(t, order("POST", "/x", {}, { onUnconfirmed: (is) => doubts.push(is) }));
  assert.deepEqual(doubts, []);
});

for (const status of [400, 401, 403, 404, 409, 422, 429, 500, 507]) {
  test(`a refusal with ${status} is returned, not thrown and not repeated`, async (t) => {
    const seen = server(t, { status, body: { error: "window_busy", facts: { window: "3" } } });
    const answer = await answered(t, order("POST", "/x"));
    assert.deepEqual([answer.status, answer.body.error, answer.body.facts], [status, "window_busy", { window: "3" }]);
    assert.equal(seen.orders.length, 1);
  });
}

test("after 60 s without an answer the outcome is unknown", async (t) => {
  const seen = server(t, OFFLINE);
  const started = Date.now();
  const answer = await answered(t, order("POST", "/x"));
  assert.deepEqual(answer, { status: 0, body: { error: "unconfirmed", facts: {} }, replay: false });
  assert.ok(Date.now() - started <= 61_000 && Date.now() - started >= 55_000);
  assert.ok(seen.orders.length >= 18 && seen.orders.length <= 30, `${seen.orders.length} tries`);
});

test("an expired token is fetched again once, and the press keeps its key", async (t) => {
  const seen = server(t, { status: 403, body: { error: "csrf_failed", facts: {} } }, OK);
  const answer = await answered(t, order("POST", "/x"));
  assert.equal(answer.status, 201);
  assert.deepEqual(seen.orders.map((one) => one.headers["X-CSRF-Token"]), ["token 1", "token 2"]);
  assert.equal(keys(seen).size, 1);
});

test("a token that stays wrong is a refusal", async (t) => {
  const seen = server(t, { status: 403, body: { error: "csrf_failed", facts: {} } });
  const answer = await answered(t, order("POST", "/x"));
  assert.equal(answer.body.error, "csrf_failed");
  assert.equal(seen.orders.length, 2);
});

test("the session is asked for once for many orders", async (t) => {
  const seen = server(t, OK);
  await answered(t, Promise.all([order("POST", "/x"), order("POST", "/y")]));
  await answered(t, order("POST", "/z"));
  assert.equal(seen.sessions, 1);
});

for (const [method, path] of [["POST", "/api/sessions"], ["DELETE", "/api/session"], ["POST", "/api/enrolments"]]) {
  test(`${method} ${path} makes the next session a new one`, async (t) => {
    const seen = server(t, OK);
    await answered(t, order(method, path));
    await answered(t, session());
    assert.equal(seen.sessions, 2);
  });
}

test("a repeated answer says so", async (t) => {
  server(t, { ...OK, headers: { "Idempotent-Replay": "true" } });
  assert.equal((await answered(t, order("POST", "/x"))).replay, true);
});

test("a reading without a server is an answer with status 0", async (t) => {
  server(t, OFFLINE);
  assert.deepEqual(await answered(t, getJSON("/api/x")), { status: 0, body: { error: "unreachable", facts: {} }, replay: false });
});

test("a session that failed is asked for again", async (t) => {
  let fails = true;
  t.mock.method(globalThis, "fetch", async () => {
    if (fails) throw new TypeError("Failed to fetch");
    return new Response('{"csrf": "x"}');
  });
  await assert.rejects(session());
  fails = false;
  assert.deepEqual(await session(), { csrf: "x" });
});
