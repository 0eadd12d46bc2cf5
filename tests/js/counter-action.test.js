import assert from "node:assert/strict";
import test from "node:test";

import { KEYS, actionOfKey, isTaken, nextAction, possible, seatOf } from "../../static/counter/action.js";
import { alarmRequest, requestFor } from "../../static/counter/requests.js";
import { rateable, servedBy } from "../../static/counter/served.js";
import { titleOf } from "../../static/counter/title.js";

const ME = "staff-1";
const open = { code: "3", state: "open", clerk: ME };
const called = { id: "t1", number: "A001", state: "called" };
const serving = { id: "t1", number: "A001", state: "serving" };
const next = { id: "t2", number: "A002", state: "waiting" };
const page = { tag: "BODY", editable: false, dialog: false };

test("the large button is always the next right action", () => {
  assert.equal(nextAction({ ...open, state: "closed", clerk: null }, null, next, ME).name, "open");
  assert.deepEqual(nextAction(open, null, next, ME), { name: "call", number: "A002" });
  assert.deepEqual(nextAction(open, null, undefined, ME), { name: "call", number: null });
  assert.deepEqual(nextAction(open, called, next, ME), { name: "start", number: "A001" });
  assert.deepEqual(nextAction(open, serving, next, ME), { name: "finish_and_call", number: "A002" });
  assert.equal(nextAction({ ...open, state: "paused" }, null, next, ME).name, "resume");
});

test("where no arrival is asked for, one press ends the call and calls the next", () => {
  const rules = { one_press: true, arrival: false, choose: false };
  assert.deepEqual(nextAction(open, called, next, ME, rules), { name: "finish_and_call", number: "A002" });
  assert.deepEqual(nextAction(open, called, next, ME, { ...rules, one_press: false }), { name: "finish", number: "A001" });
  const offered = possible(open, called, ME, rules);
  for (const action of ["start", "finish", "finish_as", "recall", "miss"]) assert.ok(offered.includes(action), action);
  assert.ok(!possible(open, called, ME, { ...rules, arrival: true }).includes("start"), "the large button starts");
  assert.equal(actionOfKey({ key: "s" }, page), "start");
});

test("a rating is asked of who is in service, else of who was finished a while ago", () => {
  const now = new Date("2026-11-24T01:20:00Z");
  const done = { id: "t0", number: "A000", state: "done", ended_at: "2026-11-24T01:11:00.000000Z" };
  const press = (action, body) => ({ action, phase: "done", subject: null, answer: { status: 201, body } });
  const served = servedBy(press("finish_and_call", { finished: done, ticket: called }));
  assert.deepEqual(served, { id: "t0", number: "A000", at: done.ended_at });
  assert.deepEqual(servedBy(press("finish", { ticket: done })), served);
  assert.equal(servedBy(press("finish", { ticket: { ...done, state: "waiting" } })), null);
  assert.equal(servedBy({ ...press("finish", { ticket: done }), phase: "refused" }), null);
  assert.equal(rateable(called, served, now), served);
  assert.equal(rateable(serving, served, now), serving);
  assert.equal(rateable(null, { ...served, at: "2026-11-24T01:09:00.000000Z" }, now), null);
});

test("at a window where somebody else sits there is nothing to do but leave it", () => {
  const theirs = { ...open, clerk: "staff-2" };
  assert.equal(isTaken(theirs, ME), true);
  assert.equal(nextAction(theirs, serving, next, ME).name, "choose");
  assert.deepEqual(possible(theirs, serving, ME), ["take_over"]);
});

test("a clerk sits where the news say, and nowhere once that window is closed", () => {
  assert.equal(seatOf({ 3: open }, ME).code, "3");
  assert.equal(seatOf({ 3: { ...open, state: "closed" } }, ME), null);
  assert.equal(seatOf({ 3: { ...open, clerk: "staff-2" } }, ME), null);
});

test("where the hall wants two presses, the large button only finishes", () => {
  assert.deepEqual(nextAction(open, serving, next, ME, { one_press: false }), { name: "finish", number: "A001" });
  assert.equal(nextAction(open, serving, next, ME, { one_press: true }).name, "finish_and_call");
});

test("in a pause that holds a ticket the person comes first", () => {
  assert.equal(nextAction({ ...open, state: "paused" }, serving, next, ME).name, "finish");
});

test("only what makes sense can be pressed", () => {
  assert.deepEqual(possible(open, called, ME), ["recall", "miss", "miss_as", "transfer", "leave", "issue"]);
  assert.deepEqual(possible(open, serving, ME), ["finish", "finish_as", "case", "park", "transfer", "issue"]);
  assert.deepEqual(possible(open, null, ME), ["pause", "issue", "move", "close"]);
  assert.deepEqual(possible(open, null, ME, { choose: true }), ["pause", "pick", "issue", "move", "close"]);
  assert.deepEqual(possible({ ...open, state: "paused" }, null, ME), ["issue", "move", "close"]);
  assert.deepEqual(possible({ ...open, state: "closed", clerk: null }, null, ME), []);
});

test("every action has its own key, and the space bar is the large button", () => {
  assert.equal(new Set(Object.values(KEYS)).size, Object.keys(KEYS).length);
  assert.equal(actionOfKey({ key: " " }, page), "next");
  for (const [action, key] of Object.entries(KEYS)) {
    assert.equal(actionOfKey({ key: key.toLowerCase() }, page), action);
    assert.equal(actionOfKey({ key }, page), action);
  }
  assert.equal(actionOfKey({ key: "x" }, page), null);
  assert.equal(actionOfKey({ key: "=" }, page), "case", "the plus without its shift");
});

test("a key held down serves one person", () => {
  assert.equal(actionOfKey({ key: " ", repeat: true }, page), null);
});

test("keys belong to a dialog, a field, the browser and an input method before they belong to us", () => {
  assert.equal(actionOfKey({ key: "m" }, { ...page, dialog: true }), null);
  assert.equal(actionOfKey({ key: "m" }, { ...page, tag: "TEXTAREA" }), null);
  assert.equal(actionOfKey({ key: "m" }, { ...page, editable: true }), null);
  assert.equal(actionOfKey({ key: "r", ctrlKey: true }, page), null);
  assert.equal(actionOfKey({ key: "r", isComposing: true }, page), null);
  assert.equal(actionOfKey({ key: " " }, { ...page, tag: "BUTTON" }), null);
});

test("help is called from a dialog and a field as well", () => {
  assert.equal(actionOfKey({ key: "F9" }, { tag: "TEXTAREA", editable: false, dialog: true }), "alarm");
  assert.equal(actionOfKey({ key: "F9", repeat: true }, page), null);
});

test("each action is the order that the protocol names", () => {
  const path = (action, more) => requestFor(action, { hall: "demo", window: "3", ticket: "t1", ...more });
  assert.deepEqual(path("finish_and_call"), { method: "POST", path: "/api/halls/demo/windows/3/calls", body: { finishing: "t1" } });
  assert.deepEqual(path("call").body, {});
  assert.deepEqual(path("call_back"), { method: "POST", path: "/api/halls/demo/tickets/t1/direct-calls", body: { window: "3" } });
  assert.deepEqual(path("pause", { body: { reason: "meal" } }).body, { reason: "meal" });
  assert.equal(path("leave").path, "/api/halls/demo/tickets/t1/departures");
  assert.deepEqual(path("move", { window: "5", body: { leave: true } }).body, { leave: true });
  assert.equal(path("move", { window: "5" }).path, "/api/halls/demo/windows/5/sessions");
  assert.equal(path("undo").path, "/api/halls/demo/tickets/t1/undoings");
  assert.equal(path("return").path, "/api/halls/demo/tickets/t1/returns");
  assert.equal(path("issue", { body: { line: "A" } }).path, "/api/halls/demo/tickets");
  assert.equal(path("pick").path, "/api/halls/demo/windows/3/choices");
  assert.equal(alarmRequest("accept", "demo", "x1").path, "/api/halls/demo/alarms/x1/acceptances");
  assert.throws(() => path("recall", { ticket: null }));
});

test("the title of the page carries the state", () => {
  assert.deepEqual(titleOf(open, serving), { key: "counter.page.serving", facts: { number: "A001" } });
  assert.equal(titleOf({ ...open, state: "paused" }, null).key, "counter.page.paused");
});
