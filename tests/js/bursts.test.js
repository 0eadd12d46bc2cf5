/** Calls that come together: whatever the burst, each stands its time, and nothing is overwritten. */
import assert from "node:assert/strict";
import test from "node:test";
import { Calls } from "../../static/board/calls.js";
import { Drawn } from "../../static/board/drawn.js";
import { History } from "../../static/board/history.js";
import { seeded } from "./source.js";

const START = Date.parse("2026-11-23T01:00:00Z");
const STANDS = 5000;
const KEPT = 30;

/** A board that looks on every change, every second, and when a turn is due, as the page does. */
class Board {
  ms = 0;
  all = [];
  seq = 0;
  stale = false;
  /** @type {{seq: number, from: number, until: number, flashed: boolean}[]} every stay in the large field */ stays = [];
  seen = new Map();
  #calls = new Calls();
  #history = new History();
  drawn = new Drawn();
  shown = null;

  constructor() { this.look(); }

  look() {
    const calls = this.#history.update(this.all, this.all, "d");
    this.shown = this.#calls.update(calls, { at: this.ms, now: new Date(START + this.ms), stale: this.stale });
    const { latest, previous, flashing, owed } = this.shown;
    const last = this.stays.at(-1);
    if (last && last.until === Infinity && (!latest || latest.seq !== last.seq)) last.until = this.ms;
    if (latest && (!last || last.seq !== latest.seq)) this.stays.push({ seq: latest.seq, from: this.ms, until: Infinity, flashed: false });
    if (latest && flashing) this.stays.at(-1).flashed = true;
    const on = [...(latest ? [latest] : []), ...previous];
    assert.equal(new Set(on.map((one) => one.number)).size, on.length, "a number stands twice");
    on.forEach((one) => this.seen.has(one.seq) || this.seen.set(one.seq, this.ms));
    this.drawn.note(calls, on.map((one) => one.seq), owed);
    return this.shown;
  }

  /** Let time pass as the page does. @param {number} ms */
  pass(ms) {
    const end = this.ms + ms;
    while (this.ms < end) {
      const due = Math.min(end, Math.floor(this.ms / 1000) * 1000 + 1000, this.ms + Math.max(1, this.shown.dueIn));
      this.ms = due;
      this.look();
    }
  }

  call(number) {
    this.seq += 3;
    const one = { seq: this.seq, number, line: "A", window: "3", state: "queued", at: new Date(START + this.ms).toISOString() };
    this.all = [one, ...this.all.map((old) => (old.number === number && old.state === "queued" ? { ...old, state: "replaced" } : old))].slice(0, KEPT);
    return this.seq;
  }
}

test("two calls 0.3 s apart, a hundred times: both are shown at once, and both stand five seconds", () => {
  const random = seeded(5);
  const board = new Board();
  const called = [];
  for (let n = 0; n < 100; n += 1) {
    for (const letter of ["A", "B"]) {
      called.push({ seq: board.call(`${letter}${String(n).padStart(3, "0")}`), at: board.ms });
      board.look();
      board.pass(300);
    }
    board.pass(9400 + random() * 4000);
  }
  board.pass(60_000);
  for (const { seq, at } of called) {
    assert.equal(board.seen.get(seq), at, `call ${seq} was on the screen at once`);
    const stay = board.stays.filter((one) => one.seq === seq);
    assert.equal(stay.length, 1, `call ${seq} was the latest once`);
    assert.ok(stay[0].until - stay[0].from >= STANDS, `call ${seq} stood ${stay[0].until - stay[0].from} ms`);
    assert.ok(stay[0].flashed);
  }
  assert.equal(board.drawn.upTo, called.at(-1).seq);
});

for (let seed = 1; seed <= 60; seed += 1) {
  test(`a burst of any kind overwrites nothing (${seed})`, () => {
    const random = seeded(seed);
    const board = new Board();
    const calls = new Map(), cut = new Set();
    let next = 0;
    for (let step = 0; step < 60; step += 1) {
      const again = calls.size && random() < 0.2 ? [...calls.values()][Math.floor(random() * calls.size)] : null;
      const number = again || `A${String((next += 1)).padStart(3, "0")}`;
      // Called again, the older call has no claim of its own any more.
      for (const [seq, known] of calls) if (known === number) cut.add(seq);
      calls.set(board.call(number), number);
      if (random() < 0.7) board.look();
      board.pass(random() < 0.6 ? random() * 900 : random() * 12_000);
    }
    board.pass(400_000);
    for (const [seq] of calls) {
      if (cut.has(seq)) continue;
      const stay = board.stays.filter((one) => one.seq === seq);
      assert.equal(stay.length, 1, `call ${seq} was the latest ${stay.length} times`);
      assert.ok(stay[0].until - stay[0].from >= STANDS, `call ${seq} stood ${stay[0].until - stay[0].from} ms`);
    }
    const turns = board.stays.filter((one) => !cut.has(one.seq)).map((one) => one.seq);
    assert.deepEqual(turns.filter((seq, n) => n && seq < turns[n - 1] && ![...cut].length), [], "in order");
    assert.equal(board.drawn.upTo, board.seq);
  });
}

for (let seed = 1; seed <= 30; seed += 1) {
  test(`after an absence the list is right, and nothing that was missed raises an alarm (${seed})`, () => {
    const random = seeded(1000 + seed);
    const board = new Board();
    for (let n = 0; n < 5; n += 1) {
      board.call(`A00${n}`);
      board.look();
      board.pass(random() * 8000);
    }
    board.pass(40_000);
    board.stale = true;
    board.look();
    const known = board.all;
    const missed = [];
    for (let n = 0; n < 1 + random() * 12; n += 1) {
      board.all = known.length ? board.all : [];
      const before = board.all;
      missed.push(board.call(`B${String(n).padStart(3, "0")}`));
      const came = board.all;
      // The page learns nothing of it until the server is back.
      board.all = known;
      board.pass(random() * 5000);
      board.all = came;
      assert.ok(before.length <= came.length);
    }
    board.stale = false;
    board.pass(1);
    const { latest, previous } = board.look();
    const on = [latest, ...previous].map((one) => one.seq);
    assert.deepEqual(on.slice(0, 9), board.all.slice(0, 9).map((one) => one.seq), "newest first, none missing");
    board.pass(30_000);
    for (const seq of missed) assert.ok(!board.stays.some((one) => one.seq === seq && one.flashed), `call ${seq} flashed`);
    const after = board.call("C001");
    board.look();
    assert.ok(board.stays.some((one) => one.seq === after && one.flashed), "a new call flashes again");
  });
}

test("the first two calls of the day both stand their time", () => {
  const board = new Board();
  const first = board.call("A001");
  const second = board.call("A002");
  board.look();
  assert.equal(board.shown.latest.seq, first);
  board.pass(STANDS);
  assert.equal(board.shown.latest.seq, second);
});

test("a latest that newer calls have pushed out of the list gives way to the next, not to the newest", () => {
  const board = new Board();
  board.call("A001");
  board.look();
  for (let n = 0; n < KEPT; n += 1) board.call(`B${String(n).padStart(3, "0")}`);
  board.all = board.all.slice(0, KEPT);
  board.look();
  board.pass(STANDS);
  assert.equal(board.shown.latest.number, "B000");
});

test("a quiet zone keeps its calls when the rest of the hall fills the news", () => {
  const history = new History();
  const mine = [{ seq: 2, number: "A002" }, { seq: 1, number: "A001" }];
  history.update(mine, mine, "e d");
  const others = Array.from({ length: KEPT }, (_, n) => ({ seq: 40 - n, number: `B${n}` }));
  assert.deepEqual(history.update(others, [], "e d").map((one) => one.seq), [2, 1]);
  assert.deepEqual(history.update(others, [], "e another day"), []);
});

test("calls of a history that is no more are not remembered", () => {
  const history = new History();
  const full = Array.from({ length: KEPT }, (_, n) => ({ seq: 130 - n, number: `A${n}` }));
  history.update(full, full, "e d");
  const restored = Array.from({ length: KEPT }, (_, n) => ({ seq: 120 - n, number: `A${n + 10}` }));
  const kept = history.update(restored, restored, "e d").map((one) => one.seq);
  assert.equal(Math.max(...kept), 120);
});

test("a call behind a full list is not said to be drawn before it is", () => {
  const drawn = new Drawn();
  const calls = [3, 2, 1].map((seq) => ({ seq }));
  assert.equal(drawn.note(calls, [1, 3], [2, 3]), 1);
  assert.equal(drawn.note(calls, [2], [3]), 3);
  assert.equal(drawn.note([], [], []), 3);
  assert.equal(drawn.note([{ seq: 2 }], [2], []), 2);
});
