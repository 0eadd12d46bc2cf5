import assert from "node:assert/strict";
import test from "node:test";

import { KEYS } from "../../static/counter/action.js";
import { doneOf } from "../../static/zero/answer.js";
import { AT_WINDOW, SHEET_KEYS, wishOf } from "../../static/zero/keys.js";
import { OUTCOMES, asks, likely, obstacle } from "../../static/zero/outcomes.js";
import { stepped } from "../../static/zero/search.js";
import { EMPTY_SHEET, byCode, withAllPapers, withService } from "../../static/zero/sheet.js";

const known = byCode([{ code: "A01", line: "A", papers: [{ code: "id-card", required: true }] }]);
const lines = { A: { open: true }, B: { open: false } };
const sheet = withService(EMPTY_SHEET, "A01");
const complete = withAllPapers(sheet, known);
const page = { tag: "BODY", dialog: false };

test("no key means two things", () => {
  const keys = [...OUTCOMES.map(({ key }) => key), ...Object.values(SHEET_KEYS), ...AT_WINDOW.map((action) => KEYS[action])];
  assert.equal(new Set(keys).size, keys.length);
  assert.ok(keys.every((key) => key.length === 1));
});

test("each key asks for its own", () => {
  assert.equal(wishOf({ key: " " }, page), "next");
  assert.equal(wishOf({ key: "/" }, page), "search");
  assert.equal(wishOf({ key: "n" }, page), "no_entry");
  assert.equal(wishOf({ key: "5" }, page), "outcome:notice");
  assert.equal(wishOf({ key: "-" }, page), "outcome:not_ours");
  assert.equal(wishOf({ key: "p" }, page), "pause");
  assert.equal(wishOf({ key: "t" }, page), null, "a transfer is the counter's");
});

test("keys belong to who types, to dialogs, and to the first stroke", () => {
  for (const focus of [{ ...page, tag: "INPUT", type: "text" }, { ...page, tag: "TEXTAREA" }, { ...page, tag: "SELECT" }, { ...page, dialog: true }]) {
    assert.equal(wishOf({ key: "5" }, focus), null);
  }
  assert.equal(wishOf({ key: "5", repeat: true }, page), null);
  assert.equal(wishOf({ key: "5", ctrlKey: true }, page), null);
});

test("a box that is ticked takes the space bar and leaves the digits to triage", () => {
  const box = { tag: "INPUT", type: "checkbox", dialog: false };
  assert.equal(wishOf({ key: " " }, box), null);
  assert.equal(wishOf({ key: "4" }, box), "outcome:ready");
});

test("nothing is asked where nothing is needed", () => {
  for (const { name } of OUTCOMES) {
    assert.equal(asks(name, complete, known, lines), ["notice", "blocked"].includes(name), name);
  }
  assert.ok(asks("ready", sheet, known, lines), "papers that nobody ticked");
  assert.ok(!asks("escort", sheet, known, lines));
  assert.ok(asks("ready", EMPTY_SHEET, known, lines), "no line to guess");
  assert.ok(asks("ready", complete, known, { A: { open: false } }), "a closed line");
  assert.ok(!asks("notice", sheet, known, lines, true), "on the floor nobody is set aside");
});

test("a notice without a missing paper says nothing", () => {
  assert.equal(obstacle("notice", complete, known), "zero.nothing_missing");
  assert.equal(obstacle("notice", sheet, known), null);
  assert.equal(obstacle("ready", EMPTY_SHEET, known), null);
});

test("the large button offers what the sheet says", () => {
  assert.deepEqual([EMPTY_SHEET, sheet, complete].map((one) => likely(one, known)), ["answered", "notice", "ready"]);
});

test("the arrows go round", () => {
  assert.deepEqual([stepped(0, "ArrowDown", 3), stepped(2, "ArrowDown", 3), stepped(0, "ArrowUp", 3), stepped(0, "ArrowUp", 0)], [1, 0, 2, 0]);
});

test("what was done is said with the number, the line and who is ahead", () => {
  const body = { ticket: { number: "Z001", line: "A" }, ahead: 3, consultation: { outcome: "ready" } };
  const press = { action: "consult", phase: "done", subject: "Z001", answer: { status: 201, body } };
  const said = doneOf(press, { A: { name: "社保医保", name_en: "Insurance" } });
  assert.equal(said.key, "zero.done.ready");
  assert.deepEqual([said.facts.number, said.facts.ahead], ["Z001", 3]);
  const question = (body) => doneOf({ ...press, action: "question", answer: { status: 201, body } }, {}).key;
  assert.equal(question({ consultation: { outcome: null } }), "zero.done.question_open");
  assert.equal(question({ consultation: { outcome: "answered" } }), "zero.done.question");
  assert.equal(question({ consultation: { outcome: "ready" }, ticket: { number: "A001" } }), "zero.done.question_number");
});
