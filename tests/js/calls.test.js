import assert from "node:assert/strict";
import test from "node:test";
import { Calls } from "../../static/board/calls.js";

const START = Date.parse("2026-11-23T01:00:00Z");

/** A board's calls with a clock that is moved by hand. */
class Board {
  #calls = new Calls();
  #announcements = [];
  #ms = 0;

  look() {
    const { latest, previous, flashing } = this.#calls.update(this.#announcements, { at: this.#ms, now: new Date(START + this.#ms) });
    const numbers = (list) => list.map((one) => one.number);
    return { latest: latest && latest.number, previous: numbers(previous), next: numbers(previous.filter((one) => one.next)), flashing };
  }

  /** A call that nobody has looked at yet. */
  add(seq, number, at = this.#ms) {
    const one = { seq, number, line: "A", window: "3", state: "queued", at: new Date(START + at).toISOString() };
    this.#announcements = [one, ...this.#announcements].sort((a, b) => b.seq - a.seq).slice(0, 30);
  }

  call(...given) {
    this.add(...given);
    return this.look();
  }

  become(seq, state) {
    this.#announcements = this.#announcements.map((one) => (one.seq === seq ? { ...one, state } : one));
    return this.look();
  }

  after(ms) {
    this.#ms += ms;
    return this.look();
  }

  forget() {
    this.#announcements = [];
    return this.look();
  }
}

const board = () => new Board();

test("before the first call there is nothing", () => {
  assert.deepEqual(board().look(), { latest: null, previous: [], next: [], flashing: false });
});

test("a call is the latest at once, and flashes", () => {
  const { latest, flashing } = board().call(1, "A001");
  assert.deepEqual([latest, flashing], ["A001", true]);
});

test("calls close together each stand for five seconds, in order, and are in the list meanwhile", () => {
  const it = board();
  it.call(1, "A001");
  it.call(2, "A002");
  assert.deepEqual(it.call(3, "A003"), { latest: "A001", previous: ["A003", "A002"], next: ["A003", "A002"], flashing: true });
  assert.equal(it.after(4999).latest, "A001");
  assert.deepEqual(it.after(1), { latest: "A002", previous: ["A003", "A001"], next: ["A003"], flashing: true });
  assert.equal(it.after(5000).latest, "A003");
});

test("after five seconds a new call takes the place at once", () => {
  const it = board();
  it.call(1, "A001");
  it.after(6000);
  assert.equal(it.call(2, "A002").latest, "A002");
});

test("a burst loses nobody from the list", () => {
  const it = board();
  for (let seq = 1; seq <= 9; seq += 1) it.call(seq, `A00${seq}`);
  const { latest, previous } = it.look();
  assert.deepEqual([latest, ...previous].sort(), Array.from({ length: 9 }, (_, i) => `A00${i + 1}`));
});

test("a number that is called again is on the board once, and flashes again", () => {
  const it = board();
  it.call(1, "A001");
  it.after(20_000);
  it.call(2, "A002");
  it.after(20_000);
  assert.deepEqual(it.call(3, "A001"), { latest: "A001", previous: ["A002"], next: [], flashing: true });
});

test("a recall of the latest does not wait for its own five seconds", () => {
  const it = board();
  it.call(1, "A001");
  it.after(1000);
  it.call(2, "A001");
  it.call(3, "A002");
  assert.deepEqual(it.after(4999).latest, "A001");
  assert.deepEqual(it.after(1).latest, "A002");
});

for (const state of ["ended", "failed", "unspoken"]) {
  test(`a call stops flashing when its announcement is ${state}`, () => {
    const it = board();
    it.call(1, "A001");
    assert.equal(it.after(3000).flashing, true);
    assert.equal(it.become(1, state).flashing, false);
  });
}

test("a call stops flashing after twelve seconds whatever its announcement does", () => {
  const it = board();
  it.call(1, "A001");
  it.become(1, "started");
  assert.equal(it.after(11_999).flashing, true);
  assert.equal(it.after(1).flashing, false);
});

test("after an outage the board shows the present, and does not replay the past", () => {
  const it = board();
  it.call(1, "A001");
  it.after(600_000);
  it.call(2, "A002", 100_000);
  it.call(3, "A003", 200_000);
  const { latest, flashing, next } = it.look();
  assert.deepEqual([latest, flashing, next], ["A003", false, []]);
});

test("a page that starts in the middle of the day does not flash an old call", () => {
  const it = board();
  it.after(3_600_000);
  const { latest, flashing } = it.call(8, "A008", 0);
  assert.deepEqual([latest, flashing], ["A008", false]);
});

test("another day empties the board, even when its numbers begin lower", () => {
  const it = board();
  it.call(90, "A090");
  assert.equal(it.forget().latest, null);
  assert.equal(it.call(5, "A001").latest, "A001");
});

test("a page that is loaded during a burst begins with the newest call", () => {
  const it = board();
  it.add(1, "A001");
  it.add(2, "A002");
  assert.deepEqual(it.look(), { latest: "A002", previous: ["A001"], next: [], flashing: true });
});

test("eight are listed", () => {
  const it = board();
  for (let seq = 1; seq <= 30; seq += 1) {
    it.call(seq, `A${seq}`);
    it.after(6000);
  }
  assert.equal(it.look().previous.length, 8);
});
