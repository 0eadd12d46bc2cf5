import assert from "node:assert/strict";
import test from "node:test";

import { KEPT_MS, guestAt } from "../../static/pad/guest.js";
import { ratingPath } from "../../static/rate/link.js";
import { LEVELS, REASONS, asksWhy } from "../../static/rating/levels.js";

const ticket = (number, state, window = "3") => ({ [number]: { number, state, window } });
const serving = ticket("A001", "serving");

test("a pad asks whoever is served at its window, and nobody elsewhere", () => {
  assert.deepEqual(guestAt(null, serving, "3", 0), { number: "A001", goneAt: null });
  assert.equal(guestAt(null, serving, "4", 0), null);
  assert.equal(guestAt(null, ticket("A001", "called"), "3", 0), null);
});

test("who was served may still answer for a while after the end", () => {
  const guest = guestAt({ number: "A001", goneAt: null }, {}, "3", 1000);
  assert.deepEqual(guest, { number: "A001", goneAt: 1000 });
  assert.equal(guestAt(guest, {}, "3", 1000 + KEPT_MS - 1), guest);
  assert.equal(guestAt(guest, {}, "3", 1000 + KEPT_MS), null);
});

test("the next one who is called is never asked about the last one", () => {
  assert.equal(guestAt({ number: "A001", goneAt: 5 }, ticket("A002", "called"), "3", 10), null);
  assert.deepEqual(guestAt({ number: "A001", goneAt: 5 }, ticket("A002", "serving"), "3", 10), { number: "A002", goneAt: null });
});

test("a finish taken back goes on with the same question", () => {
  assert.deepEqual(guestAt({ number: "A001", goneAt: 5 }, serving, "3", 10), { number: "A001", goneAt: null });
});

test("only the two bad levels are asked why", () => {
  assert.deepEqual(LEVELS.filter(asksWhy), [2, 1]);
  assert.equal(new Set(REASONS).size, 7);
});

test("a link is the order it stands for", () => {
  assert.equal(ratingPath("/rate/demo/abc/def"), "/api/halls/demo/ratings/abc/def");
});
