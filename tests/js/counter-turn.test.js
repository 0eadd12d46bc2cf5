import assert from "node:assert/strict";
import test from "node:test";

import { lineLoad, micros, minutesBetween, missedOf, parkedOf, queueOf, servedBy, ticketAt } from "../../static/counter/turn.js";

const window = { code: "3", lines: ["A"], secondary: ["G"], state: "open" };

/** Tickets by number; `turn` is a minute after 09:00 or a whole instant. */
function waiting(...tickets) {
  const at = (turn) => (typeof turn === "string" ? turn : `2026-11-24T01:${String(turn).padStart(2, "0")}:00.000000Z`);
  return Object.fromEntries(tickets.map(([number, turn, more], index) => [number, {
    number, line: number.replace("V", "")[0], state: "waiting", ordinal: index + 1,
    turn_at: at(turn), joined_at: at(turn), target_window: null, window: null, ...more,
  }]));
}

const order = (tickets) => queueOf(window, tickets).map((ticket) => ticket.number);

test("the earliest turn is next, whatever the number", () => {
  assert.deepEqual(order(waiting(["A002", 9], ["VA003", 2], ["A001", 5])), ["VA003", "A001", "A002"]);
});

test("equal turns go by the order of issue", () => {
  assert.deepEqual(order(waiting(["A009", 5], ["A001", 5])), ["A009", "A001"]);
});

test("a ticket put one microsecond behind another stays behind it", () => {
  const tickets = waiting(
    ["A007", "2026-11-24T01:05:00.000001Z"],
    ["A003", "2026-11-24T01:05:00.000000Z"],
  );
  assert.deepEqual(order(tickets), ["A003", "A007"]);
});

test("a secondary line counts ten minutes later", () => {
  assert.deepEqual(order(waiting(["G001", 0], ["A001", 9], ["A002", 11])), ["A001", "G001", "A002"]);
});

test("a ticket kept for another window is passed over, one kept for this window is not", () => {
  const tickets = waiting(["A001", 1, { target_window: "4" }], ["A002", 2, { target_window: "3" }]);
  assert.deepEqual(order(tickets), ["A002"]);
});

test("a ticket kept for a clerk is next only where that clerk sits", () => {
  const tickets = waiting(["A001", 1, { target_clerk: "c4" }], ["A002", 2, { target_clerk: "c3" }]);
  assert.deepEqual(queueOf({ ...window, clerk: "c3" }, tickets).map((ticket) => ticket.number), ["A002"]);
});

test("the clerk's skills narrow the lines of the window; null is all of them, none is none", () => {
  const tickets = waiting(["A001", 1], ["G001", 2]);
  const numbers = (skills) => queueOf({ ...window, skills }, tickets).map((ticket) => ticket.number);
  assert.deepEqual([numbers(null), numbers(["G"]), numbers([])], [["A001", "G001"], ["G001"], []]);
  assert.deepEqual(servedBy({ lines: ["A"], secondary: ["A", "G"], skills: ["A", "B"] }), { own: ["A"], helped: [] });
});

test("of those set aside, who said when they would be back comes first", () => {
  const back = (minute) => ({ state: "parked", return_at: minute && `2026-11-24T01:${minute}:00.000000Z` });
  const tickets = waiting(["A001", 1, back(null)], ["A002", 2, back(40)], ["G001", 3, back(30)], ["B001", 4, back(20)]);
  assert.deepEqual(parkedOf(window, tickets).map((ticket) => ticket.number), ["G001", "A002", "A001"]);
});

test("lines of other windows and tickets that do not wait are left out", () => {
  assert.deepEqual(order(waiting(["B001", 1], ["A001", 2, { state: "missed" }], ["A002", 3])), ["A002"]);
});

test("a window's ticket is the one that is called to it or served at it", () => {
  const tickets = waiting(["A001", 1, { state: "missed", window: "3" }], ["A002", 2, { state: "serving", window: "3" }]);
  assert.equal(ticketAt("3", tickets).number, "A002");
  assert.equal(ticketAt("4", tickets), null);
});

test("the missed of the window's lines come latest first", () => {
  const tickets = waiting(
    ["A001", 1, { state: "missed", missed_at: "2026-11-24T01:10:00.000000Z" }],
    ["G001", 1, { state: "missed", missed_at: "2026-11-24T01:20:00.000000Z" }],
    ["B001", 1, { state: "missed", missed_at: "2026-11-24T01:30:00.000000Z" }],
  );
  assert.deepEqual(missedOf(window, tickets).map((ticket) => ticket.number), ["G001", "A001"]);
});

test("a line's longest wait is that of who joined it first, not of who is called first", () => {
  const tickets = waiting(["A001", 7], ["VA002", 3, { joined_at: "2026-11-24T01:18:00.000000Z" }]);
  assert.deepEqual(lineLoad("A", tickets), { letter: "A", waiting: 2, since: "2026-11-24T01:07:00.000000Z" });
  assert.deepEqual(lineLoad("B", tickets), { letter: "B", waiting: 0, since: null });
});

test("microseconds survive, and minutes are whole and never negative", () => {
  assert.equal(micros("2026-11-24T01:05:00.000001Z") - micros("2026-11-24T01:05:00.000000Z"), 1);
  assert.equal(minutesBetween("2026-11-24T01:05:00.000000Z", new Date("2026-11-24T01:06:59Z")), 1);
  assert.equal(minutesBetween("2026-11-24T01:05:00.000000Z", new Date("2026-11-24T01:04:00Z")), 0);
  assert.equal(minutesBetween(null, new Date()), null);
});
