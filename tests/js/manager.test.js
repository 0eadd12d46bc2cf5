import assert from "node:assert/strict";
import test from "node:test";

import { deviceState } from "../../static/manager/devices-state.js";
import { keyFigures, minutes, share } from "../../static/manager/figures.js";
import { REPORT_EVERY_MS, reportIsDue } from "../../static/manager/refresh.js";
import { may } from "../../static/manager/roles.js";
import { LINE_COLUMNS, WINDOW_COLUMNS, lineRows, windowRows } from "../../static/manager/rows.js";
import { toggled } from "../../static/manager/choice-of-lines.js";
import { moveAll } from "../../static/manager/move-all.js";
import { staffRows } from "../../static/manager/staff-rows.js";
import { nextOrder, sorted } from "../../static/manager/sort.js";
import { tally, tilesOf } from "../../static/manager/tiles.js";

const at = (minute) => `2026-11-24T01:${String(minute).padStart(2, "0")}:00.000000Z`;
const NOW = new Date("2026-11-24T01:40:00Z");
const NONE = { n: 0, mean_s: null, median_s: null, p90_s: null, max_s: null };

const state = {
  lines: { A: { letter: "A", position: 1 }, Z: { letter: "Z", position: 0 } },
  windows: {
    10: { code: "10", kind: "specialist", number: 10, state: "open", since: at(30) },
    9: { code: "9", kind: "specialist", number: 9, state: "paused", since: at(35), pause_reason: "meal" },
    Z1: { code: "Z1", kind: "zero", number: 1, state: "open", since: at(1) },
    11: { code: "11", kind: "specialist", number: 11, state: "closed", since: null },
  },
  tickets: {
    Z001: { number: "Z001", line: "Z", state: "serving", window: "Z1", called_at: at(5), started_at: at(8) },
    A001: { number: "A001", line: "A", state: "waiting", joined_at: at(20) },
  },
};

test("zero is a measurement and nothing measured is a dash", () => {
  assert.equal(minutes(0), "0.0");
  assert.equal(minutes(null), "—");
  assert.equal(minutes(99), "1.6");
  assert.equal(share(3, 8), "37.5%");
  assert.equal(share(0, 0), "—");
});

test("every key figure says what it was taken over", () => {
  const hall = { issued: 200, called: 150, served: 120, abandoned: 8, wait: { n: 150, median_s: 600, p90_s: 1200 } };
  const figures = Object.fromEntries(keyFigures({ hall }, 42).map((figure) => [figure.name, figure]));
  assert.deepEqual(figures.abandoned, { name: "abandoned", value: "8", unit: false, facts: { issued: 200, n: 8, share: "4.0%" } });
  assert.deepEqual([figures.median.value, figures.median.facts.n], ["10.0", 150]);
  assert.equal(figures.waiting.value, "42");
});

test("before the first report and before the first news there are dashes, not zeros", () => {
  assert.deepEqual(new Set(keyFigures(null, null).map(({ value }) => value)), new Set(["—"]));
});

test("the report is asked for at first, then when the log moved, and never more often than agreed", () => {
  const due = (more) => reportIsDue({ now: REPORT_EVERY_MS, askedAt: 0, reportSeq: 7, liveSeq: 8, busy: false, failed: false, ...more });
  assert.equal(due({ askedAt: null, reportSeq: null, liveSeq: 0 }), true);
  assert.equal(due({}), true);
  assert.equal(due({ now: REPORT_EVERY_MS - 1 }), false);
  assert.equal(due({ liveSeq: 7 }), false);
  assert.equal(due({ liveSeq: 7, failed: true }), true);
  assert.equal(due({ busy: true }), false);
  assert.equal(due({ liveSeq: 3 }), true, "a restored hall stands further back");
});

test("tiles stand as the windows do and show who is there since when", () => {
  const tiles = tilesOf(state, NOW);
  assert.deepEqual(tiles.map(({ window }) => window.code), ["Z1", "9", "10", "11"]);
  const [zero, paused, idle, closed] = tiles;
  assert.deepEqual([zero.state, zero.number, zero.minutes, zero.long], ["serving", "Z001", 32, true]);
  assert.deepEqual([paused.state, paused.minutes], ["paused", 5]);
  assert.deepEqual([idle.state, idle.minutes, idle.long], ["idle", 10, false]);
  assert.deepEqual([closed.state, closed.minutes], ["closed", null]);
  assert.deepEqual(tally(tiles), { busy: 1, idle: 1, paused: 1, closed: 1 });
});

test("where no arrival is asked for, who was called is in service", () => {
  const called = { number: "A001", line: "A", state: "called", window: "10", called_at: at(30) };
  const long = (rules) => tilesOf({ ...state, hall: { rules }, lines: { A: { long_service_s: 900 } }, tickets: { A001: called } }, NOW)
    .find(({ window }) => window.code === "10").long;
  assert.deepEqual([long(null), long({ arrival: false })], [true, false], "called for five minutes is long, served for ten is not");
});

test("a service is marked when it takes longer than its own line's do", () => {
  const long = (line) => tilesOf({ ...state, lines: { ...state.lines, Z: line } }, NOW)[0].long;
  assert.deepEqual([long({ long_service_s: 1921 }), long({ long_service_s: 1920 })], [false, true]);
  assert.deepEqual([long({ mean_minutes: 9 }), long({ mean_minutes: 8 })], [false, true], "3.56 times the mean");
});

test("a ticket at a window where nobody sits, and a call for help, are marked", () => {
  const windows = { ...state.windows, Z1: { ...state.windows.Z1, state: "closed", clerk: null } };
  const [left, quiet] = tilesOf({ ...state, windows, alarms: { x: { id: "x", window: "9" } } }, NOW);
  assert.deepEqual([left.left, left.alarm, quiet.left, quiet.alarm], [true, false, false, true]);
});

test("a window serves a line or helps it, never both", () => {
  const chosen = { lines: ["A"], secondary: ["G"] };
  assert.deepEqual(toggled(chosen, "G", "lines"), { lines: ["A", "G"], secondary: [] });
  assert.deepEqual(toggled(chosen, "A", "lines"), { lines: [], secondary: ["G"] });
  assert.deepEqual(toggled(chosen, "A", "secondary"), { lines: [], secondary: ["G", "A"] });
});

test("a line is moved portion by portion until nobody is left", async () => {
  const answers = [{ moved: ["A001", "A002"], left: 1 }, { moved: ["A003"], left: 0 }];
  const seen = [];
  const result = await moveAll(async () => answers.shift(), (...at) => seen.push(at));
  assert.deepEqual([result, seen], [{ moved: 3, whole: true }, [[2, 1], [3, 0]]]);
});

test("a refused portion ends the move, and so does one that moved nobody", async () => {
  const answers = [{ moved: ["A001"], left: 5 }, null];
  assert.deepEqual(await moveAll(async () => answers.shift(), () => {}), { moved: 1, whole: false });
  assert.deepEqual(await moveAll(async () => ({ moved: [], left: 2 }), () => {}), { moved: 0, whole: false });
});

test("clerks at windows come first, in the windows' order; who has left the house is not there", () => {
  const staff = [
    { id: "c1", name: "甲", role: "clerk", skills: null, active: true },
    { id: "c2", name: "乙", role: "clerk", skills: ["A"], active: true },
    { id: "c3", name: "丙", role: "clerk", skills: null, active: false },
    { id: "m1", name: "丁", role: "manager", skills: null, active: true },
  ];
  const windows = { ...state.windows, 9: { ...state.windows[9], clerk: "c2", served: 4 } };
  const [first, second, ...none] = staffRows(staff, { ...state, windows }, NOW);
  assert.deepEqual([first.name, first.window.code, first.state, first.reason, first.minutes, first.served], ["乙", "9", "paused", "meal", 5, 4]);
  assert.deepEqual([second.name, second.state, second.skills, none], ["甲", null, null, []]);
});

test("who waits is live, the rest is the report's, and a line without report has no figures", () => {
  const figures = { in_service: 1, issued: 5, wait: { ...NONE, n: 2, mean_s: 0 }, handling: NONE };
  const [zero, social] = lineRows(state, { lines: { A: figures } }, NOW);
  assert.deepEqual([social.id, social.waiting, social.longest, social.issued, social.wait_mean, social.handling_mean], ["A", 1, 20, 5, 0, null]);
  assert.deepEqual([zero.id, zero.waiting, zero.longest, zero.issued], ["Z", 0, null, null]);
});

test("every column has a cell in every row", () => {
  const [line] = lineRows(state, null, NOW);
  const [window] = windowRows(state, null);
  assert.deepEqual(LINE_COLUMNS.filter(({ key }) => line[key] === undefined), []);
  assert.deepEqual(WINDOW_COLUMNS.filter(({ key }) => window[key] === undefined), []);
});

test("sorting keeps what was not measured at the end both ways", () => {
  const rows = [{ id: 1, n: null }, { id: 2, n: 10 }, { id: 3, n: 9 }];
  const ids = (order) => sorted(rows, order).map(({ id }) => id);
  assert.deepEqual(ids({ key: "n", descending: true }), [2, 3, 1]);
  assert.deepEqual(ids({ key: "n", descending: false }), [3, 2, 1]);
  assert.deepEqual(ids(null), [1, 2, 3]);
});

test("a heading asks for the largest, then the smallest, then the hall's own order", () => {
  const first = nextOrder(null, "n");
  const second = nextOrder(first, "n");
  assert.deepEqual([first, second, nextOrder(second, "n")], [{ key: "n", descending: true }, { key: "n", descending: false }, null]);
  assert.deepEqual(nextOrder(first, "mean"), { key: "mean", descending: true });
});

test("a device that was heard of lately works, by whichever clock it was written down", () => {
  const device = { enrolled: true, revoked: false, last_seen_at: at(40) };
  const ahead = NOW.getTime() + 86_400_000;
  assert.equal(deviceState(device, [ahead, NOW.getTime()]), "alive");
  assert.equal(deviceState(device, [ahead]), "silent");
  assert.equal(deviceState({ ...device, enrolled: false }, [NOW.getTime()]), "new");
  assert.equal(deviceState({ ...device, revoked: true }, [NOW.getTime()]), "revoked");
});

test("an auditor sees the figures and no controls", () => {
  assert.deepEqual(["look", "day", "devices", "change_devices"].map((what) => may("auditor", what)), [true, false, false, false]);
  assert.equal(may("clerk", "look"), false);
});
