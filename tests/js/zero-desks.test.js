import assert from "node:assert/strict";
import test from "node:test";

import { parkedIn } from "../../static/zero/aside.js";
import { casesIn, isOverdue, nextStep, stepBody } from "../../static/zero/case.js";
import { missingRows, outcomeRows, percent, sharesOf } from "../../static/zero/figures.js";
import { peopleOf } from "../../static/zero/people.js";
import { EMPTY_DRAFT, byUrgency, isAsked, minutesLeft, questionBody, wordsOf } from "../../static/zero/question.js";

const AT = "2026-11-24T01:00:00.000000Z";
const now = (text) => new Date(`2026-11-24T${text}Z`);

test("a question is promised, or answered; a number goes with an answer only", () => {
  const draft = { ...EMPTY_DRAFT, question: " 带什么？ ", line: "A", care: true };
  assert.deepEqual(questionBody(draft), { channel: "phone", question: "带什么？", due: 30 });
  assert.deepEqual(questionBody({ ...draft, outcome: "ready", services: ["A01"] }),
    { channel: "phone", question: "带什么？", services: ["A01"], outcome: "ready", line: "A", class: "care" });
  assert.ok(!isAsked(EMPTY_DRAFT));
  assert.ok(isAsked({ ...EMPTY_DRAFT, services: ["A01"] }));
});

test("the reply clock counts down, and says how long it is overdue", () => {
  const due = { due_at: "2026-11-24T01:30:00.000000Z" };
  assert.equal(minutesLeft(due, now("01:00:30")), 30);
  assert.equal(minutesLeft(due, now("01:30:00")), 0);
  assert.equal(minutesLeft(due, now("01:30:01")), -1, "overdue from the first second");
  assert.equal(minutesLeft({ due_at: null }, now("01:00:00")), null);
});

test("the most urgent question comes first, one without a promise last", () => {
  const open = [{ id: 1, at: AT, due_at: null }, { id: 2, at: AT, due_at: "2026-11-24T03:00:00Z" }, { id: 3, at: AT, due_at: "2026-11-24T02:00:00Z" }];
  assert.deepEqual(byUrgency(open).map(({ id }) => id), [3, 2, 1]);
  assert.equal(wordsOf({ words: [{ kind: "caller", text: "0571" }] }, "question"), "");
});

const found = (id, step, due_on, settled_at = null) => ({ id, step, due_on, settled_at, at: AT });
const CASES = [found("new", "received", "2026-12-01"), found("late", "assigned", "2026-11-20"), found("done", "checked", "2026-11-01", AT), found("told", "told", "2026-11-10", AT)];

test("the register shows what is due first; what is settled is never overdue", () => {
  const shown = (filter) => casesIn(CASES, filter, "2026-11-24").map(({ id }) => id);
  assert.deepEqual(shown("open"), ["late", "new", "told"]);
  assert.deepEqual(shown("overdue"), ["late"]);
  assert.deepEqual(shown("closed"), ["done"]);
  assert.equal(shown("all").length, 4);
  assert.ok(!isOverdue(found("today", "received", "2026-11-24"), "2026-11-24"), "its last day is still its own");
});

test("a case has one next step, and none after the last", () => {
  assert.deepEqual(["received", "told", "checked"].map(nextStep), ["sorted", "checked", null]);
  assert.deepEqual(stepBody("assigned", " 不动产中心 ", " "), { to: "assigned", owner: "不动产中心" });
});

test("every share keeps what it is a share of", () => {
  const share = { n: 1, of: 8, share: 0.125 };
  const report = { first_contact: share, hand_off: share, wrong_line: { after: share, without: share }, replies: { late: share }, ratio: share };
  assert.ok(sharesOf(report).every((row) => row.share.of === 8));
  assert.deepEqual([percent(share, "—"), percent({ n: 0, of: 0, share: null }, "—")], ["12.5%", "—"]);
  assert.deepEqual(outcomeRows({ notice: 1, answered: 3 }).map(({ name, share: { n, of } }) => [name, n, of]), [["answered", 3, 4], ["notice", 1, 4]]);
});

test("a paper that left the catalogue is still counted, under its code", () => {
  const known = { A01: { name: "社保卡", papers: [{ code: "photo", name: "照片" }] } };
  const rows = missingRows([{ service: "A01", paper: "photo", n: 2 }, { service: "X01", paper: "old", n: 1 }], known);
  assert.deepEqual(rows.map(({ service, paper, n }) => [service.name, paper.name, n]), [["社保卡", "照片", 2], ["X01", "old", 1]]);
});

test("the greeter sees the zero window's line in its order, and finds anybody who waits", () => {
  const ticket = (number, line, turn, state = "waiting") => ({ number, line, state, turn_at: `2026-11-24T01:0${turn}:00.000000Z`, ordinal: turn });
  const tickets = Object.fromEntries([ticket("Z002", "Z", 2), ticket("VZ003", "Z", 1), ticket("A001", "A", 3), ticket("Z001", "Z", 0, "called")].map((one) => [one.number, one]));
  const state = { tickets, lines: { Z: { kind: "zero" }, A: { kind: "specialist" } } };
  assert.deepEqual(peopleOf(state, "").map(({ number }) => number), ["VZ003", "Z002"]);
  assert.deepEqual(peopleOf(state, " a0 ").map(({ number }) => number), ["A001"]);
  assert.deepEqual(peopleOf(state, "Z001"), [], "who is called is the window's");
});

test("whoever is expected back first stands first", () => {
  const ticket = (number, return_at, line = "Z") => ({ number, state: "parked", line, return_at });
  const tickets = { a: ticket("a", null), b: ticket("b", "2026-11-24T02:00:00Z"), c: ticket("c", "2026-11-24T01:00:00Z"), d: ticket("d", null, "A") };
  assert.deepEqual(parkedIn(tickets, ["Z"]).map(({ number }) => number), ["c", "b", "a"]);
});
