import assert from "node:assert/strict";
import test from "node:test";
import { event, follow, head, seeded, shuffled, synced } from "./source.js";

const upTo = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

test("a new reader asks for everything, and nothing is shown before the answer", (t) => {
  const { feed, applied, asked } = follow(t);
  feed.hello(head(4));
  feed.receive(event(5));
  assert.deepEqual(asked, [{ epoch: "", seq: 0, hash: "" }]);
  assert.deepEqual(applied, []);

  feed.synced(synced.snapshot(4));
  assert.deepEqual(applied, ["snapshot 4", 5]);
  assert.equal(feed.seq, 5);
});

test("events in order are applied at once", (t) => {
  const { feed, applied, asked } = follow(t, 4);
  feed.receive(event(5));
  feed.receive(event(6));
  assert.deepEqual(applied, [5, 6]);
  assert.equal(feed.hash, "h6");
  t.mock.timers.tick(1000);
  assert.deepEqual(asked, []);
});

test("a duplicate is dropped", (t) => {
  const { feed, applied } = follow(t, 4);
  for (const seq of [5, 5, 4, 1, 6, 5]) feed.receive(event(seq));
  assert.deepEqual(applied, [5, 6]);
});

test("an event that overtook another waits for it, and nobody is asked", (t) => {
  const { feed, applied, asked } = follow(t, 4);
  feed.receive(event(6));
  assert.deepEqual(applied, []);
  t.mock.timers.tick(299);
  feed.receive(event(5));
  t.mock.timers.tick(1000);
  assert.deepEqual(applied, [5, 6]);
  assert.deepEqual(asked, []);
});

test("a gap that stays for 300 ms is asked about once", (t) => {
  const { feed, asked } = follow(t, 4);
  feed.receive(event(6));
  t.mock.timers.tick(299);
  assert.equal(asked.length, 0);
  t.mock.timers.tick(1);
  feed.receive(event(7));
  feed.receive(event(9));
  t.mock.timers.tick(1500);
  assert.deepEqual(asked, [{ epoch: "e1", seq: 4, hash: "h4" }]);
});

test("a question without an answer is repeated after 2 s", (t) => {
  const { feed, asked } = follow(t, 4);
  feed.receive(event(6));
  t.mock.timers.tick(300);
  t.mock.timers.tick(1999);
  assert.equal(asked.length, 1);
  t.mock.timers.tick(1);
  assert.equal(asked.length, 2);
});

test("a gap that closed by itself is not asked about again", (t) => {
  const { feed, asked } = follow(t, 4);
  feed.receive(event(6));
  t.mock.timers.tick(300);
  feed.receive(event(5));
  t.mock.timers.tick(5000);
  assert.equal(asked.length, 1);
});

test("the missing events and the early ones are applied in order", (t) => {
  const { feed, applied } = follow(t, 4);
  feed.receive(event(8));
  t.mock.timers.tick(300);
  feed.synced(synced.replay(5, 7));
  assert.deepEqual(applied, [5, 6, 7, 8]);
});

test("an answer that still leaves a gap leads to another question", (t) => {
  const { feed, asked } = follow(t, 4);
  feed.receive(event(9));
  t.mock.timers.tick(300);
  feed.synced(synced.replay(5, 6));
  t.mock.timers.tick(300);
  assert.deepEqual(asked.map((one) => one.seq), [4, 6]);
});

test("events that arrive while a snapshot is on its way are not lost", (t) => {
  const { feed, applied } = follow(t, 4);
  feed.receive(event(6));
  t.mock.timers.tick(300);
  feed.receive(event(5));
  feed.receive(event(7));
  feed.synced(synced.snapshot(6));
  assert.deepEqual(applied, [5, 6, 7, "snapshot 6", 7]);
  assert.equal(feed.seq, 7);
});

test("a tick with another epoch leads to a question, and nothing is applied until the answer", (t) => {
  const { feed, applied, asked } = follow(t, 4);
  feed.tick(head(4, "e2"));
  feed.receive(event(5));
  assert.equal(asked.length, 1);
  assert.deepEqual(applied, []);

  feed.synced({ ...synced.snapshot(2), epoch: "e2" });
  assert.deepEqual(applied, ["snapshot 2"]);
  assert.equal(feed.epoch, "e2");
});

test("a new history may begin before where we were", (t) => {
  const { feed, applied } = follow(t, 100);
  feed.hello(head(2, "e2"));
  feed.receive(event(3));
  feed.synced({ ...synced.snapshot(2), epoch: "e2" });
  assert.deepEqual(applied, ["snapshot 2", 3]);
});

test("early events of the old history are forgotten with it", (t) => {
  const { feed, applied } = follow(t, 4);
  feed.receive(event(7));
  feed.tick(head(6, "e2"));
  feed.synced({ ...synced.snapshot(6), epoch: "e2" });
  assert.deepEqual(applied, ["snapshot 6"]);
});

test("an answer that was long on its way does not take us back", (t) => {
  const { feed, applied } = follow(t, 12);
  feed.synced(synced.snapshot(9), { epoch: "e1", seq: 8, hash: "h8" });
  assert.equal(feed.seq, 12);
  assert.ok(feed.inStep);
  assert.deepEqual(applied, []);
});

test("an older answer to a question from where we still stand is taken: the hall was put back", (t) => {
  const { feed, applied } = follow(t, 12);
  feed.synced(synced.snapshot(9), { epoch: "e1", seq: 12, hash: "h12" });
  assert.equal(feed.seq, 9);
  assert.deepEqual(applied, ["snapshot 9"]);
});

test("a greeting behind what we have is another history: its answer is taken", (t) => {
  const { feed, applied } = follow(t, 12);
  feed.disconnected();
  feed.hello(head(9));
  assert.ok(!feed.inStep);
  feed.synced(synced.snapshot(9));
  assert.equal(feed.seq, 9);
  assert.deepEqual(applied, ["snapshot 9"]);
});

test("an answer to a question of before the greeting is void", (t) => {
  const { feed, applied } = follow(t, 12);
  const asked = feed.asking();
  feed.disconnected();
  feed.hello(head(12));
  assert.ok(feed.isVoid(asked));
  feed.synced(synced.replay(13, 14), asked);
  assert.deepEqual(applied, []);
  feed.synced(synced.replay(13, 13), feed.asking());
  assert.deepEqual(applied, [13]);
});

test("an answer to an earlier question than one that is answered is void", (t) => {
  const { feed, applied } = follow(t, 12);
  const [first, second] = [feed.asking(), feed.asking()];
  feed.synced(synced.snapshot(9), second);
  feed.synced(synced.replay(13, 14), first);
  assert.deepEqual(applied, ["snapshot 9"]);
});

test("after a greeting that is ahead of us nothing is applied before the answer", (t) => {
  const { feed, applied } = follow(t, 12);
  feed.disconnected();
  feed.hello(head(13));
  feed.receive(event(13));
  assert.deepEqual(applied, []);
  feed.synced(synced.replay(13, 13), feed.asking());
  assert.deepEqual(applied, [13]);
});

test("a replay from where we no longer stand is taken only when it passes through what we have", (t) => {
  const { feed, applied, asked: questions } = follow(t, 12);
  const asked = feed.asking();
  feed.receive(event(13));
  const other = synced.replay(13, 15);
  feed.synced({ ...other, events: other.events.map((one) => ({ ...one, hash: `x${one.seq}` })) }, asked);
  assert.deepEqual(applied, [13]);
  assert.equal(questions.length, 1);

  const again = { ...feed.asking(), seq: 12, hash: "h12" };
  feed.synced(synced.replay(13, 15), again);
  assert.deepEqual(applied, [13, 14, 15]);
});

test("a tick behind what we have leads to a question at once", (t) => {
  const { feed, asked, applied } = follow(t, 10);
  feed.tick(head(8));
  assert.equal(asked.length, 1);
  feed.synced(synced.snapshot(8));
  assert.deepEqual(applied, ["snapshot 8"]);
  assert.equal(feed.seq, 8);
});

test("a tick that was merely overtaken by an event costs one question and changes nothing", (t) => {
  const { feed, asked, applied } = follow(t, 10);
  feed.tick(head(9));
  feed.synced({ ...synced.replay(11, 10), seq: 10, hash: "h10" });
  feed.receive(event(11));
  assert.equal(asked.length, 1);
  assert.deepEqual(applied, [11]);
});

test("a tick at our place with another hash leads to a question", (t) => {
  const { feed, asked } = follow(t, 10);
  feed.tick({ ...head(10), hash: "other" });
  assert.deepEqual(asked, [{ epoch: "e1", seq: 10, hash: "h10" }]);
});

test("a tick ahead of us is given 300 ms before we ask", (t) => {
  const { feed, asked } = follow(t, 10);
  feed.tick(head(11));
  t.mock.timers.tick(299);
  assert.equal(asked.length, 0);
  t.mock.timers.tick(1);
  assert.equal(asked.length, 1);
});

test("a tick ahead of us asks nothing when the event comes in time", (t) => {
  const { feed, asked } = follow(t, 10);
  feed.tick(head(11));
  t.mock.timers.tick(200);
  feed.receive(event(11));
  t.mock.timers.tick(1000);
  assert.equal(asked.length, 0);
});

test("missing events of another epoch are not applied: we ask as one who has nothing", (t) => {
  const { feed, asked, applied } = follow(t, 4);
  feed.synced({ ...synced.replay(5, 6), epoch: "e2" });
  assert.deepEqual(applied, []);
  assert.deepEqual(asked, [{ epoch: "", seq: 0, hash: "" }]);
});

test("a whole log from its first event starts from an empty state", (t) => {
  const { feed, applied } = follow(t);
  feed.hello(head(2));
  feed.synced(synced.replay(1, 2));
  assert.deepEqual(applied, ["empty", 1, 2]);
});

test("a new connection asks again, although the old one owes an answer", (t) => {
  const { feed, asked } = follow(t, 4);
  feed.receive(event(6));
  t.mock.timers.tick(300);
  feed.hello(head(6));
  assert.equal(asked.length, 2);
});

test("without a tick for 6 s the feed is stale, until the next tick", (t) => {
  const { feed, stale } = follow(t, 4);
  feed.tick(head(4));
  t.mock.timers.tick(5999);
  assert.equal(feed.stale, false);
  t.mock.timers.tick(1);
  assert.equal(feed.stale, true);
  feed.tick(head(4));
  assert.deepEqual(stale, [true, false]);
});

test("events alone do not keep the feed from going stale", (t) => {
  const { feed } = follow(t, 4);
  feed.tick(head(4));
  t.mock.timers.tick(4000);
  feed.receive(event(5));
  t.mock.timers.tick(2000);
  assert.equal(feed.stale, true);
});

test("a closed feed leaves no timer behind", (t) => {
  const { feed, asked, stale } = follow(t, 4);
  feed.receive(event(9));
  feed.close();
  t.mock.timers.tick(60_000);
  assert.deepEqual([asked, stale], [[], []]);
});

test("a flood of early events does not grow the memory, and the answer mends it", (t) => {
  const { feed, applied } = follow(t, 4);
  for (const seq of upTo(6, 3000)) feed.receive(event(seq));
  t.mock.timers.tick(300);
  feed.synced(synced.replay(5, 3000));
  assert.deepEqual(applied, upTo(5, 3000));
});

for (const seed of upTo(1, 60)) {
  test(`shuffled, repeated and lost events end in order (seed ${seed})`, (t) => {
    const random = seeded(seed);
    const { feed, applied, asked } = follow(t, 1);
    const lossy = shuffled(upTo(2, 40), random, 6).flatMap((seq) => (random() < 0.2 ? [] : random() < 0.3 ? [seq, seq] : [seq]));
    for (const seq of lossy) {
      feed.receive(event(seq));
      t.mock.timers.tick(Math.floor(random() * 200));
      if (asked.length && random() < 0.7) feed.synced(synced.replay(feed.seq + 1, Math.max(...lossy.slice(0, 10), feed.seq)));
    }
    feed.tick(head(40));
    t.mock.timers.tick(300);
    feed.synced(synced.replay(feed.seq + 1, 40));
    assert.deepEqual(applied, upTo(2, 40));
    assert.equal(feed.hash, "h40");
  });
}
