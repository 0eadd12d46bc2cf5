import assert from "node:assert/strict";
import test from "node:test";
import { EMPTY, reduce } from "../../static/lib/reduce.js";

const call = (seq, number) => ({ seq, number, line: "A", window: "3", repeat: 0, state: "queued", at: "" });
const after = (...changes) => changes.reduce(reduce, EMPTY);

test("hall and day are merged", () => {
  const state = after({ hall: { id: "demo" }, day: { date: "2026-11-23", state: "open" } },
    { hall: { name: "示范" }, day: { state: "closing" } });
  assert.deepEqual(state.hall, { id: "demo", name: "示范" });
  assert.deepEqual(state.day, { date: "2026-11-23", state: "closing" });
});

test("another day begins without tickets and announcements, and keeps what came with it", () => {
  const state = after({ day: { date: "2026-11-23" }, tickets: [{ number: "A001", state: "waiting" }], announcements: [call(3, "A001")] },
    { day: { date: "2026-11-24", state: "open" }, tickets: [{ number: "A001", state: "waiting", line: "A" }] });
  assert.deepEqual(state.tickets, { A001: { number: "A001", state: "waiting", line: "A" } });
  assert.deepEqual(state.announcements, []);
});

test("a change of the day's state keeps its tickets", () => {
  const state = after({ day: { date: "2026-11-23", state: "open" }, tickets: [{ number: "A001", state: "waiting" }] }, { day: { state: "closing" } });
  assert.equal(Object.keys(state.tickets).length, 1);
});

test("lines and windows are merged by their keys", () => {
  const state = after({ lines: [{ letter: "A", name: "社保医保", open: true }], windows: [{ code: "3", state: "open", lines: ["A"] }] },
    { lines: [{ letter: "A", open: false }], windows: [{ code: "3", state: "paused", pause_reason: "meal" }] });
  assert.deepEqual(state.lines.A, { letter: "A", name: "社保医保", open: false });
  assert.deepEqual(state.windows["3"], { code: "3", state: "paused", lines: ["A"], pause_reason: "meal" });
});

for (const ended of ["done", "left", "expired", "unfinished"]) {
  test(`a ticket that is ${ended} is forgotten`, () => {
    const state = after({ tickets: [{ number: "A001", state: "serving" }, { number: "A002", state: "waiting" }] },
      { tickets: [{ number: "A001", state: ended }] });
    assert.deepEqual(Object.keys(state.tickets), ["A002"]);
  });
}

test("the staff's extra fields are merged like any other", () => {
  const state = after({ tickets: [{ number: "A001", state: "waiting", id: "x", turn_at: "t" }] }, { tickets: [{ number: "A001", state: "called", calls: 1 }] });
  assert.deepEqual(state.tickets.A001, { number: "A001", state: "called", id: "x", turn_at: "t", calls: 1 });
});

test("announcements stay newest first, however they arrive", () => {
  const state = after({ announcements: [call(5, "A005")] }, { announcements: [call(9, "A009")] }, { announcements: [call(7, "A007")] });
  assert.deepEqual(state.announcements.map((one) => one.seq), [9, 7, 5]);
});

test("a known announcement is merged", () => {
  const state = after({ announcements: [call(5, "A005")] }, { announcements: [{ seq: 5, state: "started" }] });
  assert.deepEqual(state.announcements, [{ ...call(5, "A005"), state: "started" }]);
});

test("a change to an announcement that nobody knows is ignored unless it has a number", () => {
  assert.deepEqual(after({ announcements: [{ seq: 5, state: "ended" }] }).announcements, []);
});

test("thirty announcements are kept", () => {
  const state = after(...Array.from({ length: 40 }, (_, i) => ({ announcements: [call(i + 1, `A${i}`)] })));
  assert.equal(state.announcements.length, 30);
  assert.equal(state.announcements[29].seq, 11);
});

test("facts, unknown fields and no data change nothing", () => {
  assert.deepEqual(after({ facts: { a: 1 }, weather: ["rain"] }, {}, undefined), EMPTY);
});

test("the given state is left as it was", () => {
  const before = after({ tickets: [{ number: "A001", state: "waiting" }] });
  const copy = structuredClone(before);
  reduce(before, { tickets: [{ number: "A001", state: "done" }], hall: { id: "x" }, announcements: [call(1, "A001")] });
  assert.deepEqual(before, copy);
});
