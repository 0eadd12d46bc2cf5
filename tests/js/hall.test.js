import assert from "node:assert/strict";
import test from "node:test";
import { hallDate, hallDay, hallTime, stopwatch } from "../../static/lib/format.js";
import { linesInOrder, nextIssuing, phaseOf, waitingByLine, windowsByLine } from "../../static/lib/hall.js";
import { EMPTY } from "../../static/lib/reduce.js";
import { destination } from "../../static/sign-in/destination.js";

const HALL = { timezone: "Asia/Shanghai", hours: [["08:30", "12:00"], ["14:00", "17:30"]], issue_from: "08:00", workdays: [1, 2, 3, 4, 5] };
/** A time in the hall on Monday 23 November 2026, or `day` of that month. */
const at = (time, day = 23) => new Date(`2026-11-${day}T${time}:00+08:00`);

for (const [time, phase, until] of [["07:59", "night", "08:30"], ["08:00", "before", "08:30"], ["08:30", "working", null], ["11:59", "working", null],
  ["12:00", "break", "14:00"], ["13:59", "break", "14:00"], ["14:00", "working", null], ["17:30", "after", null]]) {
  test(`at ${time} the hall is in the phase ${phase}`, () => {
    assert.deepEqual(phaseOf(HALL, at(time)), { phase, until });
  });
}

test("a hall without hours always works", () => {
  assert.equal(phaseOf({}, at("03:00")).phase, "working");
});

test("before the hall gives numbers on a working day, the next time is today", () => {
  const { today, from } = nextIssuing(HALL, at("07:00"));
  assert.deepEqual([today, from], [true, "08:00"]);
});

test("after Friday comes Monday", () => {
  const { today, date } = nextIssuing(HALL, at("19:00", 27));
  assert.deepEqual([today, hallDay(date, HALL.timezone)], [false, "2026-11-30"]);
});

test("a hall that works on no day has no next time", () => {
  assert.equal(nextIssuing({ ...HALL, workdays: [] }, at("07:00")), null);
});

test("only waiting people are counted, by their line", () => {
  const tickets = { A1: { line: "A", state: "waiting" }, A2: { line: "A", state: "called" }, B1: { line: "B", state: "waiting" }, A3: { line: "A", state: "waiting" } };
  assert.deepEqual(waitingByLine({ ...EMPTY, tickets }), { A: 2, B: 1 });
});

test("an open window counts for its lines and its secondary lines, a paused one for none", () => {
  const windows = { 1: { state: "open", lines: ["A"], secondary: ["G", "A"] }, 2: { state: "paused", lines: ["A"] }, 3: { state: "open", lines: ["A"] } };
  assert.deepEqual(windowsByLine({ ...EMPTY, windows }), { A: 2, G: 1 });
});

test("the zero window is the first line", () => {
  const lines = { A: { letter: "A", kind: "specialist", position: 0 }, Z: { letter: "Z", kind: "zero", position: 9 }, B: { letter: "B", kind: "specialist", position: 1 } };
  assert.deepEqual(linesInOrder({ ...EMPTY, lines }).map((line) => line.letter), ["Z", "A", "B"]);
});

test("times are shown in the hall's zone, not the device's", () => {
  assert.equal(hallTime("2026-11-22T16:05:00Z", "Asia/Shanghai"), "00:05");
  assert.equal(hallDate("2026-11-22T16:05:00Z", "Asia/Shanghai", "zh-CN"), "11月23日 星期一");
  assert.equal(hallDate("2026-11-22T16:05:00Z", "Asia/Shanghai", "en"), "Monday 23 November");
});

test("a running count has minutes and seconds", () => {
  assert.deepEqual([0, 65, 600, -3].map(stopwatch), ["0:00", "1:05", "10:00", "0:00"]);
});

const ORIGIN = "http://hall.local:8000";
for (const [next, role, goes] of [[null, "clerk", "/counter"], [null, "greeter", "/counter"], [null, "supervisor", "/manager"], [null, "administrator", "/manager"],
  ["/counter?window=3", "manager", "/counter?window=3"], ["//evil.example/x", "clerk", "/counter"], ["/\\evil.example", "clerk", "/counter"],
  ["https://evil.example", "manager", "/manager"], ["javascript:alert(1)", "manager", "/manager"], ["/sign-in?next=/sign-in", "clerk", "/counter"]]) {
  test(`after signing in, a ${role} with next=${next} goes to ${goes}`, () => {
    assert.equal(destination(next, role, ORIGIN), goes);
  });
}
