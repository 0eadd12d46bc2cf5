import assert from "node:assert/strict";
import test from "node:test";

import { whyCalled } from "../../static/counter/because.js";
import { spokenOf } from "../../static/counter/spoken.js";

const at = (minute) => `2026-11-24T01:${String(minute).padStart(2, "0")}:00.000000Z`;
const clock = (iso) => iso.slice(11, 16);
const ticket = {
  number: "A017", class: "ordinary", reference_at: at(20), joined_at: at(20), called_at: at(43),
  because: { turn_at: at(20), lines: ["A"], added_s: 0, runner_up: { number: "VA019", turn_at: at(22), class: "care" } },
};
const keys = (one) => whyCalled(one, clock).map(({ key }) => key.slice("counter.why.".length));

test("it says how long the person waited and who was next", () => {
  assert.deepEqual(whyCalled(ticket, clock), [
    { key: "counter.why.first", facts: { number: "A017", minutes: 23 } },
    { key: "counter.why.next_care", facts: { number: "VA019", turn: "01:22" } },
  ]);
});

test("it says how much later the next one came, and what head start did not make up for it", () => {
  const next = (runner) => whyCalled({ ...ticket, because: { ...ticket.because, runner_up: runner } }, clock)[1];
  const care = { number: "VA019", class: "care", reference_at: at(26), turn_at: at(11) };
  assert.deepEqual(next(care), { key: "counter.why.next_care_later", facts: { number: "VA019", minutes: 6, credit: 15 } });
  const plain = { number: "A018", class: "ordinary", reference_at: at(23), turn_at: at(23) };
  assert.deepEqual(next(plain), { key: "counter.why.next_later", facts: { number: "A018", minutes: 3 } });
  const postponed = { ...plain, turn_at: at(40) };
  assert.deepEqual(next(postponed), { key: "counter.why.next", facts: { number: "A018", turn: "01:40" } });
  const earlier = { ...plain, reference_at: at(12), turn_at: at(12) };
  assert.deepEqual(next(earlier), { key: "counter.why.next", facts: { number: "A018", turn: "01:12" } });
});

test("a head start and a secondary line are said", () => {
  const care = { ...ticket, class: "care", reference_at: at(35), because: { ...ticket.because, added_s: 600, runner_up: null } };
  assert.deepEqual(keys(care), ["first", "care", "secondary", "alone"]);
  assert.deepEqual(whyCalled(care, clock)[1].facts, { minutes: 15, turn: "01:20" });
});

test("a reinstated care ticket, which counts later than it came, claims no head start", () => {
  const back = { ...ticket, class: "care", because: { ...ticket.because, turn_at: at(30) } };
  assert.deepEqual(keys(back), ["first", "next_care"]);
});

test("a call that chose nobody before others needs no reason", () => {
  assert.deepEqual(whyCalled({ ...ticket, because: null }, clock), []);
});

test("a ticket that a supervisor put first says so and why", () => {
  const first = { ...ticket, because: { ...ticket.because, promoted: "illness" } };
  assert.deepEqual(keys(first), ["promoted", "waited", "next_care"]);
  assert.deepEqual(whyCalled(first, clock)[0].facts, { reason: "illness" });
});

test("a ticket that the clerk chose says whose turn it was", () => {
  const chosen = { ...ticket, because: { ...ticket.because, chosen: "our_mistake" } };
  assert.deepEqual(keys(chosen), ["chosen", "waited", "passed"]);
  assert.deepEqual(whyCalled(chosen, clock)[2].facts, { number: "VA019", turn: "01:22" });
});

test("a care ticket whose turn has another reason is not said to have its head start", () => {
  const back = { ...ticket, class: "care", reference_at: at(22), because: { ...ticket.because, turn_at: at(16) } };
  assert.ok(!keys(back).includes("care"));
  const fresh = { ...back, because: { ...back.because, turn_at: at(7) } };
  assert.ok(keys(fresh).includes("care"));
});

test("a ticket that was kept for this place says so", () => {
  assert.deepEqual(keys({ ...ticket, target_window: "3" }), ["first", "kept", "next_care"]);
});

test("the latest call of the number counts, wherever it stands in the list", () => {
  const calls = [
    { seq: 4, number: "A017", state: "ended", at: at(1) },
    { seq: 9, number: "A017", state: "unspoken", at: at(3) },
    { seq: 11, number: "B001", state: "queued", at: at(4) },
  ];
  assert.deepEqual(spokenOf(calls, "A017"), { state: "unspoken", tone: "warn", at: at(3), shown: null });
  assert.equal(spokenOf(calls, "C001"), null);
});
