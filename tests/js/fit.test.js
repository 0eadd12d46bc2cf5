import assert from "node:assert/strict";
import test from "node:test";
import { breadthOf, fitted } from "../../static/board/fit.js";
import { askedBy, boardOf } from "../../static/lib/layout.js";
import { Playlist } from "../../static/board/playlist.js";
import { narrowed } from "../../static/lib/zones.js";
import { pauseOf } from "../../static/board/waiting.js";

test("a name fills its room and no more, and a short one has the largest size", () => {
  assert.equal(fitted("3号窗口", 100, 11.5), "11.5rem");
  const long = parseFloat(fitted("Zero window, desk 12", 60, 11.5));
  assert.ok(long * breadthOf("Zero window, desk 12") <= 60.2);
});

test("an address goes before the device's zone, and that before the layout's", () => {
  const layout = { boards: { main: { zones: ["m"], theme: "light" }, east: { theme: "contrast" } } };
  assert.deepEqual(boardOf(layout, askedBy(""), null).zones, ["m"]);
  assert.deepEqual(boardOf(layout, askedBy(""), "d").zones, ["d"]);
  assert.deepEqual(boardOf(layout, askedBy("?zone=a,b"), "d").zones, ["a", "b"]);
  assert.equal(boardOf(layout, askedBy("?board=east")).theme, "contrast");
  assert.equal(boardOf(layout, askedBy("?board=gone")).theme, "light");
  assert.equal(boardOf(undefined, askedBy("")).listed, 8);
});

const HALL = {
  hall: {}, day: null, tickets: {}, lines: { A: { letter: "A" }, B: { letter: "B" }, C: { letter: "C" } },
  windows: { 1: { code: "1", zone: "a", lines: ["A"], secondary: ["C"] }, 2: { code: "2", zone: "b", lines: ["B"] }, 3: { code: "3", lines: ["B"] } },
  announcements: [{ seq: 3, window: "2", line: "B" }, { seq: 2, window: "1", line: "C" }, { seq: 1, window: "1", line: "A", zone: "b" }],
};
const seen = (scope) => {
  const { windows, lines, announcements } = narrowed(HALL, { zones: [], lines: [], ...scope });
  return [Object.keys(windows).join(), Object.keys(lines).join(), announcements.map((one) => one.seq).join()];
};

test("a zone has its windows, the lines that they serve, and the calls made in it", () => {
  assert.deepEqual(seen({}), ["1,2,3", "A,B,C", "3,2,1"]);
  assert.deepEqual(seen({ zones: ["a"] }), ["1", "A,C", "2"]);
  assert.deepEqual(seen({ zones: ["b"] }), ["2", "B", "3,1"]);
  assert.deepEqual(seen({ lines: ["B"] }), ["2,3", "B", "3"]);
});

test("a window that a server without zones tells of is in the whole hall's", () => {
  assert.equal(seen({ zones: ["hall"] })[0], "3");
});

test("a line says why nobody calls it", () => {
  const of = (...states) => pauseOf({ ...HALL, windows: states.map((state, n) => ({ code: String(n), state, lines: ["A"] })) }, { letter: "A" });
  assert.deepEqual([of("open", "closed"), of("paused", "closed"), of("closed"), of()], [null, "board.line_paused", "board.line_closed", "board.line_closed"]);
});

test("waiting and media take turns, a film until it ends, and what is broken is passed over for ten minutes", () => {
  const list = new Playlist();
  const media = [{ kind: "video", file: "a.mp4" }, { kind: "text", text: "x", seconds: 5 }];
  const kinds = (at) => (list.turn(1, media, at) || {}).kind;
  assert.deepEqual([kinds(0), kinds(11_999), kinds(12_000), kinds(200_000)], ["waiting", "waiting", "video", "video"]);
  list.ended(list.turn(1, media, 200_000).key);
  assert.deepEqual([kinds(200_001), kinds(205_001)], ["text", "waiting"]);
  const film = list.turn(1, media, 217_001);
  assert.equal(film.kind, "video");
  list.broke(film.key, 217_001);
  assert.deepEqual([kinds(217_002), kinds(222_002), kinds(234_002)], ["text", "waiting", "text"]);
  assert.equal(new Playlist().turn(0, [], 0), null);
});
