import assert from "node:assert/strict";
import test from "node:test";

import { concerning, openAlarms, seatOfStaff, standOf, toAccept } from "../../static/counter/alarms.js";
import { keepersOf, stopOf, transferBody } from "../../static/counter/journey.js";
import { longServiceS } from "../../static/counter/long-service.js";
import { finishedBy, secondsToUndo, undoableAfter } from "../../static/counter/undo.js";

const at = (second) => new Date(Date.UTC(2026, 10, 24, 1, 0, second)).toISOString();
const done = (action, body) => ({ action, phase: "done", subject: "A001", answer: { status: 201, body } });
const ended = { id: "t1", number: "A001", state: "done", ended_at: at(5) };

test("a finish may be taken back for ten seconds", () => {
  assert.equal(finishedBy(done("finish", { ticket: ended })), ended);
  assert.equal(secondsToUndo(ended, new Date(at(5))), 10);
  assert.equal(secondsToUndo(ended, new Date(at(14))), 1);
  assert.equal(secondsToUndo(ended, new Date(at(15))), 0);
  assert.equal(secondsToUndo(ended, new Date(at(4))), 10, "the page's clock may be a little behind the hall's");
});

test("a finish that called the next is never taken back, one that found nobody is", () => {
  assert.equal(finishedBy(done("finish_and_call", { finished: ended, ticket: { number: "A002" } })), null);
  assert.equal(finishedBy(done("finish_and_call", { finished: ended, ticket: null })), ended);
});

test("a call after the finish takes the way back with it, whatever came of the call", () => {
  const called = { id: "t2", number: "A002", state: "called" };
  assert.equal(undoableAfter(null, done("finish", { ticket: ended })), ended);
  assert.equal(undoableAfter(ended, { ...done("call", {}), phase: "refused" }), ended);
  assert.equal(undoableAfter(ended, done("issue", { ticket: { number: "A009", state: "waiting" } })), ended);
  for (const action of ["call", "pick", "call_missed", "finish_and_call"]) {
    assert.equal(undoableAfter(ended, done(action, { ticket: called })), null, action);
  }
  assert.equal(undoableAfter(undoableAfter(ended, done("call", { ticket: called })), done("miss", { ticket: { ...called, state: "missed" } })), null);
  assert.equal(undoableAfter(ended, done("undo", { ticket: { ...ended, state: "serving" } })), null);
});

test("who goes on to another line has left nothing to take back", () => {
  assert.equal(finishedBy(done("finish", { ticket: { ...ended, state: "waiting", ended_at: null } })), null);
  assert.equal(finishedBy({ ...done("finish", { ticket: ended }), phase: "refused" }), null);
});

const state = {
  windows: {
    3: { code: "3", kind: "specialist", number: 3, state: "open", clerk: "c3", lines: ["A"], secondary: ["B"] },
    5: { code: "5", kind: "specialist", number: 5, state: "paused", clerk: "c5", lines: ["B"], secondary: [] },
    6: { code: "6", kind: "specialist", number: 6, state: "open", clerk: "c6", lines: ["B"], secondary: [], skills: ["A"] },
    7: { code: "7", kind: "specialist", number: 7, state: "closed", clerk: null, lines: ["B"], secondary: [] },
  },
};

test("a ticket is kept only for who is there and may serve the line", () => {
  assert.deepEqual(keepersOf(state, "B").map(({ code }) => code), ["3", "5"]);
  assert.deepEqual(keepersOf(state, "B", "3").map(({ code }) => code), ["5"]);
});

test("a transfer says only what was chosen", () => {
  const plain = { note: "  ", back: false, wrong: false };
  assert.deepEqual(transferBody([stopOf("B", "")], plain), { line: "B" });
  const stops = [stopOf("B", "window:5"), stopOf("C", "clerk:c5")];
  assert.deepEqual(transferBody(stops, { note: " look ", back: true, wrong: true }), {
    line: "B", window: "5", then: [{ line: "C", clerk: "c5" }], note: "look", come_back: true, wrong: true,
  });
});

const alarm = (id, second, more) => ({ id, window: "3", clerk: "c3", at: at(second), accepted_by: null, ...more });

test("the call for help that has been open longest is the one a press takes, and never one's own", () => {
  const alarms = openAlarms({ b: alarm("b", 9), a: alarm("a", 2, { clerk: "me" }), c: alarm("c", 4, { accepted_by: "c6" }) });
  assert.deepEqual(alarms.map(({ id }) => id), ["a", "c", "b"]);
  assert.equal(toAccept(alarms, "me").id, "b");
  assert.equal(toAccept([], "me"), null);
});

test("everybody reads of a call for help what concerns them", () => {
  assert.deepEqual(
    [standOf(alarm("a", 1), "c3"), standOf(alarm("a", 1, { accepted_by: "c5" }), "c3"), standOf(alarm("a", 1), "c5"),
      standOf(alarm("a", 1, { accepted_by: "c5" }), "c5"), standOf(alarm("a", 1, { accepted_by: "c5" }), "c6")],
    ["mine", "mine_accepted", "theirs", "i_come", "theirs_accepted"],
  );
  assert.equal(seatOfStaff(state.windows, "c5").code, "5");
  assert.equal(seatOfStaff(state.windows, "nobody"), null);
});

test("a call for help leaves the pages of those whom it does not concern once somebody has gone for a minute", () => {
  const gone = alarm("a", 0, { accepted_by: "c5", accepted_at: at(10) });
  const seen = (me, second) => concerning([gone], me, new Date(at(second))).length;
  assert.deepEqual([seen("c6", 40), seen("c6", 71), seen("c5", 71), seen("c3", 71)], [1, 0, 1, 1]);
  assert.equal(concerning([alarm("b", 0)], "c6", new Date(at(71))).length, 1);
});

test("a service is too long by what was measured, and before that by the plan", () => {
  assert.equal(longServiceS({ mean_minutes: 10, long_service_s: 1200 }), 1200);
  assert.equal(longServiceS({ mean_minutes: 10, long_service_s: null }), 2136);
  assert.equal(longServiceS(undefined), null);
});
