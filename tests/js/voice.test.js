import assert from "node:assert/strict";
import test from "node:test";
import { reduce, EMPTY } from "../../static/lib/reduce.js";
import { spokenOf } from "../../static/counter/spoken.js";
import { byNeed, languagesName, placeOf, placeTold, readSpans, readSteps, spansText, stepsText } from "../../static/manager/voice-words.js";

test("zones are merged by their code, also where a snapshot had none", () => {
  const state = reduce({ ...EMPTY, zones: undefined }, { zones: [{ code: "a", name: "A区", announcer: "x" }] });
  assert.deepEqual(reduce(state, { zones: [{ code: "a", announcer: null }] }).zones, { a: { code: "a", name: "A区", announcer: null } });
  assert.equal(state.zones.a.announcer, "x");
});

test("quiet hours as they are written and read", () => {
  assert.deepEqual(readSpans(" 12:00-13:30，7:05 至 8：00 "), { value: [["12:00", "13:30"], ["07:05", "08:00"]], wrong: null });
  assert.deepEqual(readSpans(spansText([["22:00", "06:00"]])).value, [["22:00", "06:00"]]);
  assert.deepEqual(readSpans("").value, []);
  for (const wrong of ["12:00", "24:00-25:00", "12:60-13:00", "12:00-12:00", "noon"]) assert.equal(readSpans(wrong).wrong, wrong);
});

test("volumes as they are written and read", () => {
  assert.deepEqual(readSteps("8:00 80%, 17:00 5"), { value: [["08:00", 0.8], ["17:00", 0.05]], wrong: null });
  assert.deepEqual(readSteps(stepsText([["08:00", 0.55]])).value, [["08:00", 0.55]]);
  for (const wrong of ["08:00", "08:00 101%", "80%"]) assert.equal(readSteps(wrong).wrong, wrong);
});

test("languages have a name", () => {
  assert.deepEqual([["zh"], ["zh", "en"], undefined].map(languagesName), ["zh", "zh_en", "zh_en"]);
});

test("screens that ask for a look come first", () => {
  const named = (name, state) => ({ name, state });
  assert.deepEqual(byNeed([named("a", "live"), named("c", "stale"), named("b", "silent"), named("a", "silent")]).map((one) => one.name + one.state),
    ["asilent", "bsilent", "cstale", "alive"]);
});

test("what the screens proved stands beside what was spoken", () => {
  const call = { seq: 5, number: "A001", state: "ended", at: "called", ended_at: "ended" };
  assert.equal(spokenOf([call], "A001").at, "ended");
  assert.equal(spokenOf([call], "A001").shown, null);
  assert.deepEqual(spokenOf([{ ...call, shown: 1, of: 3 }], "A001").shown, { shown: 1, of: 3, tone: "soft" });
  assert.deepEqual(spokenOf([{ ...call, shown: 3, of: 3, unshown_at: "x" }], "A001").shown, { shown: 3, of: 3, tone: "good" });
  assert.deepEqual(spokenOf([{ ...call, unshown_at: "x" }], "A001").shown, { shown: 0, of: 0, tone: "warn" });
});

test("a window's place as a form shows and tells it", () => {
  const empty = { window: "3", zone: "hall", direction: "", place: "", place_en: "" };
  assert.deepEqual(placeOf({ code: "3", zone: null }), empty);
  assert.deepEqual(placeTold(empty), { zone: "hall", direction: null, place: null, place_en: null });
  assert.deepEqual(placeTold({ ...empty, zone: "a", place: " 2楼 " }), { zone: "a", direction: null, place: "2楼", place_en: null });
});
