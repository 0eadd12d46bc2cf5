// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isOpen, isWrong, slipSentence } from "../../static/zero/notice-slip-state.js";

const HERE = { name: "小票", window: "Z1", alive: true };
const job = (/** @type {string} */ state, /** @type {string | null} */ reason = null) => ({ id: "1", state, reason });

test("what is said of a sheet is its newest job, and whether the printer is there", () => {
  assert.equal(slipSentence({ printer: HERE, jobs: [] }), null);
  assert.equal(slipSentence({ printer: { ...HERE, alive: false }, jobs: [] }), "zero.slip.away");
  assert.equal(slipSentence({ printer: { ...HERE, alive: false }, jobs: [job("queued")] }), "zero.slip.queued_away");
  assert.equal(slipSentence({ printer: HERE, jobs: [job("queued")] }), "zero.slip.queued");
  assert.equal(slipSentence({ printer: { ...HERE, alive: false }, jobs: [job("printed"), job("failed", "paper")] }), "zero.slip.printed");
  assert.equal(slipSentence({ printer: null, jobs: [job("failed", "paper")] }), "zero.slip.failed.paper");
});

test("a sheet under way is looked after, one that failed is shown as such", () => {
  assert.deepEqual(["queued", "printing", "printed", "failed"].map((state) => isOpen(job(state))), [true, true, false, false]);
  assert.deepEqual([isWrong(job("failed")), isWrong(job("printed")), isWrong(undefined), isOpen(undefined)], [true, false, false, false]);
});

test("every state and every reason has a sentence in both languages", () => {
  const reasons = ["paper", "offline", "device", "render", "unknown"];
  const keys = [...["queued", "printing", "printed"].map((state) => slipSentence({ printer: HERE, jobs: [job(state)] })),
    ...reasons.map((reason) => slipSentence({ printer: HERE, jobs: [job("failed", reason)] }))];
  for (const language of ["zh-CN", "en"]) {
    const texts = JSON.parse(readFileSync(new URL(`../../static/i18n/${language}/zero.json`, import.meta.url), "utf8"));
    for (const key of keys) assert.ok(texts[/** @type {string} */ (key)], `${language}: ${key}`);
  }
});
