/** A made-up source of news for the tests: event n has the hash "hn". */
import { Feed } from "../../static/lib/feed.js";

export const event = (seq) => ({ v: 1, seq, type: "other", at: "", hash: `h${seq}`, data: {} });
export const head = (seq, epoch = "e1") => ({ epoch, seq, hash: `h${seq}`, now: "2026-11-23T01:00:00.000000Z" });

export const synced = {
  snapshot: (seq) => ({ mode: "snapshot", ...head(seq), snapshot: { seq } }),
  replay: (from, to) => ({
    mode: "replay", ...head(to), events: Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => event(from + i)),
  }),
};

/** A feed that stands at `seq` (or knows nothing), and lists of what it did since. */
export function follow(t, seq) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const applied = [], asked = [], stale = [];
  const feed = new Feed({
    apply: (one) => applied.push(one.seq),
    reset: (snapshot) => applied.push(snapshot.seq === undefined ? "empty" : `snapshot ${snapshot.seq}`),
    ask: (have) => asked.push(have),
    onStale: (is) => stale.push(is),
  });
  if (seq !== undefined) feed.synced(synced.snapshot(seq));
  applied.length = 0;
  return { feed, applied, asked, stale };
}

/** Mulberry32: the same numbers on every run. */
export function seeded(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let x = Math.imul(a ^ (a >>> 15), 1 | a);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
}

/** Each one at most about `reach` places away from where it was. */
export function shuffled(list, random, reach) {
  return list.map((one, i) => ({ one, at: i + random() * reach })).sort((a, b) => a.at - b.at).map(({ one }) => one);
}
