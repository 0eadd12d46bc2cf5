import assert from "node:assert/strict";
import test from "node:test";

import { desksOf, placeIn } from "../../static/zero/desks.js";
import {
  EMPTY_SHEET, SERVICES_AT_MOST, byCode, countMissing, findings, linesOf, missingOf, ownerOf, sheetFrom, wayOn, withAllPapers,
  withPaper, withService, withoutService,
} from "../../static/zero/sheet.js";
import { wayBody, withStop, withWindow, withoutStop } from "../../static/zero/way.js";

const paper = (code, required = true) => ({ code, name: code, name_en: code, required, copies: 0 });
const known = byCode([
  { code: "A01", line: "A", owner: "人社局", papers: [paper("id-card"), paper("photo"), paper("agent-id", false)] },
  { code: "A02", line: "A", owner: "医保局", papers: [paper("id-card")] },
  { code: "B01", line: "B", owner: "不动产中心", papers: [paper("deed")] },
]);
const sheetOf = (...codes) => codes.reduce(withService, EMPTY_SHEET);

test("services stand in the order in which they were added, each once, and not too many", () => {
  assert.deepEqual(sheetOf("B01", "A01", "B01").entries.map(({ code }) => code), ["B01", "A01"]);
  const many = Array.from({ length: 12 }, (_, n) => `X${n}`);
  assert.equal(sheetOf(...many).entries.length, SERVICES_AT_MOST);
  assert.deepEqual(withoutService(sheetOf("B01", "A01"), "B01").entries.map(({ code }) => code), ["A01"]);
});

test("a required paper that is not ticked is missing; one for some people only never is", () => {
  const sheet = withPaper(sheetOf("A01", "B01"), "A01", "id-card");
  assert.deepEqual(missingOf(sheet, known), { A01: ["photo"], B01: ["deed"] });
  assert.equal(countMissing(sheet, known), 2);
  assert.equal(countMissing(withAllPapers(sheet, known), known), 0);
  assert.deepEqual(missingOf(withPaper(sheet, "A01", "id-card"), known).A01, ["id-card", "photo"], "taken off the table again");
});

test("the lines are those of the services, in order, each once; the first service's department answers", () => {
  const sheet = sheetOf("B01", "A01", "A02");
  assert.deepEqual(linesOf(sheet, known), ["B", "A"]);
  assert.equal(ownerOf(sheet, known), "不动产中心");
  assert.equal(ownerOf(EMPTY_SHEET, known), "");
  assert.deepEqual(wayOn(["B", "A"]), { line: "B", then: [{ line: "A" }] });
  assert.deepEqual(wayOn(["B"]), { line: "B" });
});

test("only a notice tells of missing papers", () => {
  const sheet = { ...sheetOf("B01"), note: "  明天带来 ", noEntry: true };
  const rest = { services: ["B01"], no_entry: true, note: "明天带来" };
  assert.deepEqual(findings("notice", sheet, known, { minutes: 30 }), { outcome: "notice", missing: { B01: ["deed"] }, minutes: 30, ...rest });
  assert.deepEqual(findings("ready", sheet, known, wayOn(["B"])), { outcome: "ready", line: "B", ...rest });
  assert.deepEqual(findings("answered", EMPTY_SHEET, known), { outcome: "answered" });
});

test("who comes back finds the sheet as it was: what was missing is to be looked for", () => {
  const sheet = sheetFrom({ services: ["A01", "X99"], missing: { A01: ["photo"] } }, known);
  assert.deepEqual(sheet.entries, [{ code: "A01", brought: ["id-card"] }]);
  assert.deepEqual(sheetFrom({ services: ["B01"], missing: null }, known).entries, [{ code: "B01", brought: [] }], "nobody looked");
  assert.deepEqual(sheetFrom(null, known), EMPTY_SHEET);
});

test("a way has each line once, with a window where one was chosen", () => {
  const stops = withStop(withStop(withStop([], "A"), "B"), "A");
  assert.deepEqual(wayBody(stops, false), { line: "A", then: [{ line: "B" }] });
  assert.deepEqual(wayBody(withWindow(stops, 0, "3"), true), { line: "A", window: "3", then: [{ line: "B" }], come_back: true });
  assert.deepEqual(wayBody(withoutStop(stops, 0), false), { line: "B" });
  assert.equal(withStop(stops, ""), stops);
});

test("the address names a desk; one that is not for the role gives way to its own", () => {
  assert.deepEqual(placeIn("?desk=phone", "clerk"), { desk: "phone", notice: null });
  assert.equal(placeIn("", "greeter").desk, "floor");
  assert.equal(placeIn("?desk=window", "manager").desk, "cases");
  assert.equal(placeIn("?desk=nonsense", "auditor").desk, "figures");
  assert.equal(placeIn(`?notice=${"a".repeat(32)}`, "clerk").notice, "a".repeat(32));
  assert.equal(placeIn("?notice=../../x", "clerk").notice, null);
  assert.ok(!desksOf("clerk").includes("figures"));
});
