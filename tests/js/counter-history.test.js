import assert from "node:assert/strict";
import test from "node:test";

import { cameOf, placeOf, whenOf, whoOf } from "../../static/counter/stays.js";
import { t } from "../../static/lib/i18n.js";

const state = {
  lines: { A: { name: "社保", name_en: "Insurance" }, Z: { name: "零号窗", name_en: "Zero" } },
  windows: { 3: { code: "3", kind: "specialist", number: 3 }, Z1: { code: "Z1", kind: "zero", number: 1 } },
};
const stay = { n: 1, line: "A", window: "3", by: "王", joined_at: "j", called_at: "c", started_at: null, outcome: "transferred", consultations: [] };
const held = { by: "李", outcome: "notice", missing: { A01: ["id", "photo"] } };

test("a stay began with the arrival, else with the call, else in the line", () => {
  assert.equal(whenOf({ ...stay, started_at: "s" }), "s");
  assert.equal(whenOf(stay), "c");
  assert.equal(whenOf({ ...stay, called_at: null }), "j");
});

test("who was never called was there while waiting", () => {
  assert.equal(placeOf({ ...stay, window: null }, state), t("counter.history_waited", {}));
  assert.notEqual(placeOf(stay, state), placeOf({ ...stay, window: null }, state));
});

test("who called and who sorted out are named once each", () => {
  assert.deepEqual(whoOf(stay), ["王"]);
  assert.deepEqual(whoOf({ ...stay, by: null, consultations: [held, held] }), ["李"]);
});

test("what came of it: findings, missing papers, result, cases, how it ended", () => {
  assert.deepEqual(cameOf(stay), ["stay.transferred"]);
  assert.deepEqual(cameOf({ ...stay, result: "settled", cases: 2 }), ["result.settled", "counter.cases", "stay.transferred"]);
  assert.deepEqual(cameOf({ ...stay, outcome: "parked", reason: "papers", consultations: [held] }),
    ["found.notice", "counter.history_missing", "stay.parked", "park.papers"]);
});
