import assert from "node:assert/strict";
import test from "node:test";

import { ANSWER_STANDS_MS, stillAhead, withAnswers } from "../../static/counter/overlay.js";
import { DOUBLE_PRESS_MS, createPresses, outcomeOf } from "../../static/counter/presses.js";

/** Presses against a server that answers when told to. */
function desk() {
  const seen = [];
  const sent = [];
  const at = { now: 1000 };
  const send = (request, onUnconfirmed) => new Promise((answer, fail) => sent.push({ request, onUnconfirmed, answer, fail }));
  const presses = createPresses({ send, clock: () => at.now, onChange: ({ phase }) => seen.push(phase) });
  return { seen, sent, at, free: presses.free, press: (action = "call", request = {}) => presses.press(action, "A001", request) };
}

test("a press is seen before it is answered", () => {
  const { seen, press } = desk();
  press();
  assert.deepEqual(seen, ["sent"]);
});

test("a second press on the road is swallowed, whatever it asks", async () => {
  const { sent, at, press } = desk();
  press("call");
  at.now += 5000;
  assert.equal(await press("call"), null);
  assert.equal(await press("miss"), null);
  assert.equal(sent.length, 1);
});

test("it is known beforehand whether a press would be swallowed", async () => {
  const { sent, at, free, press } = desk();
  assert.equal(free(), true);
  const first = press("start");
  at.now += 5000;
  assert.equal(free(), false, "unanswered");
  sent[0].answer({ status: 200, body: {} });
  await first;
  assert.equal(free(), true);
  const second = press("case");
  sent[1].answer({ status: 200, body: {} });
  await second;
  assert.equal(free(), false, "the second half of a double press");
});

test("a double click is one press even when the first was answered at once", async () => {
  const { sent, at, press } = desk();
  const first = press("call");
  sent[0].answer({ status: 201, body: {} });
  await first;
  at.now += DOUBLE_PRESS_MS - 1;
  assert.equal(await press("start"), null);
  at.now += 1;
  press("start");
  assert.equal(sent.length, 2);
});

test("doubt is shown, and then the answer", async () => {
  const { seen, sent, press } = desk();
  const pressed = press();
  sent[0].onUnconfirmed(true);
  sent[0].onUnconfirmed(false);
  sent[0].answer({ status: 201, body: {} });
  await pressed;
  assert.deepEqual(seen, ["sent", "unconfirmed", "sent", "done"]);
});

test("a refusal is an answer; no answer at all, and a fault of ours, are told apart from it", async (t) => {
  t.mock.method(console, "error", () => {});
  const results = [];
  for (const settle of [(s) => s.answer({ status: 409, body: { error: "window_busy" } }), (s) => s.answer({ status: 0, body: {} }), (s) => s.fail(new Error())]) {
    const { sent, press } = desk();
    const pressed = press();
    settle(sent[0]);
    results.push((await pressed).phase);
  }
  assert.deepEqual(results, ["refused", "failed", "failed"]);
});

test("each outcome has its sentence", () => {
  const done = (action, body) => outcomeOf({ action, phase: "done", subject: "A001", answer: { status: 201, body } });
  assert.deepEqual(done("call", { ticket: { number: "A002" } }), { key: "counter.outcome.call", facts: { ticket: "A002", ahead: undefined, cases: undefined } });
  assert.equal(done("call", { ticket: null }).key, "counter.outcome.nobody");
  const last = done("finish_and_call", { ticket: null, finished: { number: "A001" } });
  assert.deepEqual(last, { key: "counter.outcome.finished_nobody", facts: { ticket: "A001" } });
  assert.deepEqual(done("issue", { ticket: { number: "A009" }, ahead: 4 }).facts, { ticket: "A009", ahead: 4, cases: undefined });
  assert.equal(done("finish", { ticket: { number: "A001", state: "waiting" } }).key, "counter.outcome.goes_on");
  assert.equal(done("pick", { ticket: { number: "A003" } }).key, "counter.outcome.call");
  assert.equal(outcomeOf({ action: "call", phase: "refused", subject: null, answer: null }), null);
});

const state = {
  tickets: { A001: { number: "A001", state: "serving", window: "3", line: "A" }, A002: { number: "A002", state: "waiting", line: "A" } },
  windows: { 3: { code: "3", state: "open", lines: ["A"] } },
};

test("an answer stands in for the news: one ticket gone, the next one here", () => {
  const body = { finished: { number: "A001", state: "done" }, ticket: { number: "A002", state: "called", window: "3" } };
  const seen = withAnswers(state, [{ seq: 8, at: 0, body }]);
  assert.deepEqual(Object.keys(seen.tickets), ["A002"]);
  assert.deepEqual(seen.tickets.A002, { number: "A002", state: "called", line: "A", window: "3" });
  assert.equal(state.tickets.A002.state, "waiting");
});

test("a window's answer changes what it says and keeps the rest", () => {
  const seen = withAnswers(state, [{ seq: 8, at: 0, body: { window: { code: "3", state: "paused" } } }]);
  assert.deepEqual(seen.windows[3], { code: "3", state: "paused", lines: ["A"] });
});

test("an answer is dropped when the news reach it, or never do", () => {
  const kept = [{ seq: 8, at: 0, body: {} }, { seq: 9, at: 0, body: {} }];
  assert.deepEqual(stillAhead(kept, 8, 100).map(({ seq }) => seq), [9]);
  assert.deepEqual(stillAhead(kept, 7, ANSWER_STANDS_MS), []);
});
