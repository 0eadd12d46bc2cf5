import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { EMPTY } from "../../static/lib/reduce.js";
import { CallQueue } from "../../static/voice/calls.js";
import { chime } from "../../static/voice/chime.js";
import { pieces } from "../../static/voice/clips.js";
import { BOX, PAGE, mayTry } from "../../static/voice/duty.js";
import { script, timeOfDay } from "../../static/voice/saying.js";
import { Speaker } from "../../static/voice/speaker.js";
import { assemble, phrase } from "../../static/voice/wave.js";

/** What the box does, by its own code (tests/voice/page_cases.py). */
const table = JSON.parse(readFileSync(new URL("voice-cases.json", import.meta.url), "utf8"));
const KEYS = new Set(table.keys);
const NINE = Date.parse("2026-11-24T01:00:00Z");

test("a page takes the clips that a box takes", () => {
  const told = (found) => found && found.map(({ key, pause_ms }) => [key, pause_ms]);
  for (const { said, lang, pieces: expected } of table.clips) {
    let found = false;
    try {
      found = told(pieces(said, lang, KEYS));
    } catch { /* false: it cannot be said */ }
    assert.deepEqual(found, expected, JSON.stringify(said) + lang);
  }
});

test("a page says as often, as loud and after the same chime as a box", () => {
  for (const { zone, lang, waiting, time, script: expected } of table.scripts) {
    assert.deepEqual(script(zone, lang, waiting, time), expected, JSON.stringify([zone, lang, waiting, time]));
  }
  for (const [timezone, time] of table.times) assert.equal(timeOfDay(timezone ? { timezone } : {}, new Date(NINE)), time);
});

test("a page has a box's rules of whose turn it is", () => {
  for (const { announcer, me, audible, waited, may } of table.duty) {
    assert.equal(mayTry({ announcer, waited }, { id: me, zone: null }, audible, BOX), may, JSON.stringify([announcer, me, audible, waited]));
  }
});

test("a page waits longer than a box, and not so long that a mute box gives the call up", () => {
  for (const rule of ["free", "overdue", "nobody"]) assert.ok(PAGE[rule] > BOX[rule]);
  assert.ok(PAGE.free < BOX.nobody && PAGE.overdue < BOX.nobody);
  assert.equal(mayTry({ announcer: "me", waited: 0 }, { id: "me", zone: null }, true, PAGE), true);
});

test("a page's chime has the samples of a box's", () => {
  for (const { form, rate, length, samples } of table.chime) {
    const made = chime(form, rate);
    assert.equal(made.length, length);
    samples.forEach((sample, at) => assert.ok(Math.abs(32767 * made[101 * at] - sample) <= 1.5, `${form} ${rate} ${101 * at}`));
  }
});

test("an announcement is chime, phrases and pauses, as loud as told, and never silent", () => {
  const tone = new Float32Array(1000).fill(0.5);
  const said = phrase([{ key: "a", pause_ms: 100 }, { key: "b", pause_ms: 0 }], new Map([["a", tone], ["b", tone]]), 1000);
  assert.equal(said.length, 2100);
  const whole = assemble({ langs: ["zh", "zh", "en"], chime: "long", gain: 0.5 }, { zh: said, en: tone }, 1000);
  assert.equal(whole.length, 1000 + 2100 + 350 + 2100 + 350 + 1000);
  assert.equal(whole.at(-1), 0.25);
  assert.throws(() => assemble({ langs: ["en"], chime: null, gain: 1 }, { en: new Float32Array(1000) }, 1000), /silent/);
});

const WINDOWS = { 3: { code: "3", kind: "specialist", number: 3 }, Z1: { code: "Z1", kind: "zero", number: 1 } };
const at = (after) => new Date(NINE + after).toISOString();

/** A hall in which these numbers are called to window 3, the first one first; each one second after the other. */
function hall(numbers, zone = {}, rows = {}) {
  const announcements = numbers.map((number, index) => (
    { seq: index + 1, number, window: "3", state: "queued", at: at(1000 * index), repeat: false, zone: "hall", ...rows[number] })).reverse();
  const tickets = Object.fromEntries(numbers.map((number) => [number, { number, state: "called", window: "3" }]));
  return { ...EMPTY, windows: WINDOWS, tickets, announcements, zones: { hall: { code: "hall", languages: ["zh"], announcer: null, ...zone } } };
}

/** A queue that has heard of the hall, and this page is the device "me". */
function queue(state, after = 0, canSay = () => true) {
  const calls = new CallQueue(canSay);
  calls.me = { id: "me", zone: null };
  calls.update(state, "e1", NINE + after);
  return calls;
}

test("nobody holds the zone: the page gives a box two seconds", () => {
  const calls = queue(hall(["A001"]));
  assert.equal(calls.take(NINE + 1999), null);
  const { call, held } = calls.take(NINE + 2000);
  assert.deepEqual([call.number, call.window, held], ["A001", { kind: "specialist", number: 3 }, false]);
  assert.equal(calls.take(NINE + 9000), null);
});

test("another holds it: only what it leaves alone for longer than a box would wait", () => {
  const calls = queue(hall(["A001"], { announcer: "box" }));
  assert.equal(calls.take(NINE + 4499), null);
  assert.equal(calls.take(NINE + 4500).held, false);
});

test("calls to one window are said together where the page holds the zone and has their clips", () => {
  const numbers = ["A001", "A002", "A003", "A004"];
  const together = queue(hall(numbers, { announcer: "me" }), 5000).take(NINE + 5000);
  assert.deepEqual(together.call.also.map((one) => one.number), ["A002", "A003"]);
  assert.deepEqual(together.script.langs, ["zh"]); // one more waits
  const alone = queue(hall(numbers, { announcer: "me" }), 5000, (call) => call.also.length === 0).take(NINE + 5000);
  assert.deepEqual([alone.call.number, alone.call.also], ["A001", []]);
});

test("old, withdrawn and spoken calls are not spoken, and a recall takes its own place", () => {
  assert.equal(queue(hall(["A001"]), 30_000).length, 0);
  assert.equal(queue(hall(["A001"], {}, { A001: { state: "started" } })).length, 0);
  const calls = queue(hall(["A001", "A002"]), 2000);
  const recalled = hall(["A001", "A002"]);
  recalled.announcements = [{ ...recalled.announcements[1], seq: 9, repeat: true }, recalled.announcements[0], { ...recalled.announcements[1], state: "replaced" }];
  calls.update(recalled, "e1", NINE + 3000);
  assert.deepEqual([calls.length, calls.take(NINE + 6000).call.seq], [2, 9]);
});

test("quiet hours: it stays unspoken, and is forgotten when they end", () => {
  const calls = queue(hall(["A001"], { quiet: [["08:00", "10:00"]] }));
  assert.equal(calls.take(NINE + 9000), null);
  assert.equal(calls.length, 1);
  calls.update(hall(["A001"], { quiet: [["08:00", "10:00"]] }), "e1", NINE + 31_000);
  assert.equal(calls.length, 0);
});

test("another history begins from nothing; a silence too", () => {
  const calls = queue(hall(["A001"]));
  calls.forget();
  assert.equal(calls.length, 0);
  calls.update(hall(["A001"]), "e1", NINE + 1000);
  assert.equal(calls.length, 1);
  calls.update(hall(["A001"]), "e2", NINE + 31_000);
  assert.equal(calls.length, 0);
});

test("a page that is put into a zone leaves the others alone", () => {
  const calls = queue(hall(["A001"]));
  calls.me = { id: "me", zone: "east" };
  assert.equal(calls.take(NINE + 9000), null);
  assert.deepEqual(calls.unheld(), []);
});

/** A speaker whose loudspeaker and server are made up; `did` is what they were asked for, in turn. */
function speaker(state, { refuse = {}, word = "ok", keys = KEYS, data = async () => new ArrayBuffer(1), plays = true } = {}) {
  const did = [];
  const calls = new CallQueue((call, langs) => one.canSay(call, langs));
  calls.me = { id: "me", zone: null };
  const sound = {
    word,
    decode: async () => new Float32Array(240).fill(0.4),
    play: async (samples) => {
      did.push(`play ${samples.length}`);
      if (!plays) throw new Error("broke off");
    },
  };
  const order = async (seq, what, body) => {
    did.push([what, seq, ...Object.values(body)].join(" "));
    return refuse[what] ? { status: 409, body: { error: refuse[what] } } : { status: 200, body: {} };
  };
  const one = new Speaker({ queue: calls, sound, order, now: () => NINE + 5000, rate: 24_000 });
  one.bank = { has: (key) => keys.has(key), ms: () => 10, data };
  calls.update(state, "e1", NINE + 3000);
  const speak = async (after = 5000) => {
    const turn = calls.take(NINE + after);
    return turn && one.speak(turn);
  };
  return { did, calls, speak, one };
}
const HELD = { announcer: "me" };

test("it claims, sounds once to the end, and says so", async () => {
  const { did, speak } = speaker(hall(["A001"], HELD));
  assert.equal(await speak(), "spoken");
  assert.deepEqual([did[0], did.at(-1), did.length], ["starts 1", "ends 1", 3]);
});

test("without its claim nothing sounds", async () => {
  for (const [code, kept] of [["already_started", 0], ["not_announcer", 1], ["device_mute", 1]]) {
    const { did, speak, calls } = speaker(hall(["A001"]), { refuse: { starts: code } });
    assert.equal(await speak(), "left");
    assert.deepEqual([did, calls.length], [["starts 1"], kept]);
    assert.equal(calls.take(NINE + 6000), null);
  }
});

test("a player that breaks off is told", async () => {
  const { did, speak } = speaker(hall(["A001"], HELD), { plays: false });
  assert.equal(await speak(), "failed");
  assert.equal(did.at(-1), "failures 1 player");
});

test("what cannot be said here is left to others, and failed when nobody came", async () => {
  for (const [how, reason] of [[{ keys: new Set() }, "render"], [{ word: "muted" }, "device"]]) {
    const { did, speak } = speaker(hall(["A001"]), how);
    assert.equal(await speak(11_999), null);
    assert.equal(await speak(12_000), "failed");
    assert.deepEqual(did, [`failures 1 ${reason}`]);
  }
  const { speak } = speaker(hall(["A001"], { announcer: "box" }), { word: "none" });
  assert.equal(await speak(60_000), null);
});

test("a broken clip before the claim leaves the call to others", async () => {
  const { did, speak, calls } = speaker(hall(["A001"], HELD), { data: () => Promise.reject(new Error("another clip")) });
  assert.equal(await speak(), "left");
  assert.deepEqual([did.length, calls.length, await speak(11_999)], [0, 1, null]);
  assert.deepEqual([await speak(12_000), did], ["failed", ["failures 1 render"]]);
});

test("a clip of another length than the manifest's is broken", async () => {
  const { did, speak, one } = speaker(hall(["A001"], HELD));
  one.bank.ms = () => 23;
  assert.deepEqual([await speak(), did], ["left", []]);
});

test("a language that the bank lacks is left out", async () => {
  const mandarin = new Set([...KEYS].filter((key) => key.startsWith("zh")));
  const { did, speak } = speaker(hall(["A001"], { ...HELD, languages: ["zh", "en"] }), { keys: mandarin });
  assert.equal(await speak(), "spoken");
  // The chime, twice 请A零零一号 and 到三号窗口 with their pause, and the gap between.
  assert.equal(did[1], `play ${24_000 + 2 * (240 + 120 * 24 + 240) + 350 * 24}`);
});
