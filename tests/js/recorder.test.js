import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { Ending } from "../../static/recorder/ending.js";
import { archiveOf, bank } from "../../static/recorder/manifest.js";
import { cardinal, cardinalEn, kinds } from "../../static/recorder/phrases.js";
import { judged, RATE } from "../../static/recorder/take.js";
import { wav } from "../../static/recorder/wav.js";
import { crc32, zip } from "../../static/recorder/zip.js";

/** The bank that comes along: keys and words that a box is known to speak. */
const SHIPPED = JSON.parse(readFileSync(new URL("../../static/sound/bank/manifest.json", import.meta.url), "utf8"));
const WORDS = new Map(SHIPPED.clips.map(({ key, text }) => [key, text]));
/** Left out of that bank, because its voice could not say them. */
const ONLY_HERE = new Set(["zh/letter/H", "zh/letter/VA", "zh/letter/YN", "zh/number/822", "zh/number/977", "zh/window/111"]);

const windowsOf = (pairs) => Object.fromEntries(pairs.map(([kind, number]) => [`${kind}${number}`, { kind, number }]));
const HALL = {
  lines: { Z: {}, A: {}, N: {}, H: {} },
  windows: windowsOf([["zero", 1], ["zero", 2], ["specialist", 12], ["specialist", 3], ["specialist", 105], ["specialist", 111]]),
};
const keysOf = (state, lang) => kinds(state, lang).flatMap(({ phrases }) => phrases);

/** So many ms of silence, of a tone, and of silence again. */
function take(before, voice, after, level = 0.3, hiss = 0.0005) {
  const at = (ms) => Math.round((RATE * ms) / 1000);
  const samples = new Float32Array(at(before + voice + after));
  return samples.map((_, n) => {
    const noise = hiss * (n % 2 ? 1 : -1);
    return n >= at(before) && n < at(before + voice) ? level * Math.sin(n / 10) : noise;
  });
}

test("the words of every phrase are those of the bank that comes along", () => {
  for (const lang of ["zh", "en"]) {
    const phrases = keysOf(HALL, lang);
    const missing = phrases.filter(({ key }) => !WORDS.has(key) && !ONLY_HERE.has(key) && !key.startsWith("zh/tail/"));
    assert.deepEqual(missing, []);
    for (const { key, text } of phrases) if (WORDS.has(key)) assert.equal(text, WORDS.get(key), key);
  }
});

test("every window from 0 to 120 is said as the bank says it", () => {
  for (let n = 0; n <= 120; n += 1) {
    if (n !== 111) assert.equal(`到${cardinal(n)}号窗口`, WORDS.get(`zh/window/${n}`));
    assert.equal(`please go to window ${cardinalEn(n)}`, WORDS.get(`en/window/${n}`));
  }
  assert.deepEqual([cardinal(111), cardinal(200), cardinal(999)], ["一百一十一", "二百", "九百九十九"]);
});

test("a hall is asked for its own lines, classes and windows only", () => {
  const keys = keysOf(HALL, "zh").map(({ key }) => key);
  assert.deepEqual(keys.filter((key) => key.includes("letter")).length, 4 * 3);
  assert.deepEqual(keys.filter((key) => /window|zero/.test(key)), ["zh/window/3", "zh/window/12", "zh/window/105", "zh/window/111", "zh/zero/1", "zh/zero/2"]);
  assert.deepEqual([keys.length, new Set(keys).size], [12 + 6 + 1 + 10 + 100 + 1000, keys.length]);
});

test("the only zero window of a hall has no desk", () => {
  const keys = keysOf({ ...HALL, windows: windowsOf([["zero", 1], ["specialist", 2]]) }, "en").map(({ key }) => key);
  assert.deepEqual(keys.filter((key) => /window|zero/.test(key)), ["en/window/2", "en/zero"]);
});

test("silence goes, but 15 ms before and 40 ms after the voice", () => {
  const { problem, samples, ms } = judged(take(500, 800, 700));
  assert.equal(problem, null);
  assert.equal(ms, 15 + 800 + 40);
  assert.equal(samples.length, (RATE * ms) / 1000);
});

test("a clip is as loud as the bank's and faded at both ends", () => {
  for (const level of [0.1, 0.3, 0.9]) {
    const { samples } = judged(take(300, 800, 300, level));
    const loud = samples.subarray(RATE * 0.1, RATE * 0.7);
    const rms = Math.sqrt(loud.reduce((sum, value) => sum + value * value, 0) / loud.length);
    assert.ok(Math.abs(rms - 0.12) < 0.005, `${rms}`);
    assert.ok(samples.every((value) => Math.abs(value) <= 0.891));
    assert.deepEqual([Math.abs(samples[0]), Math.abs(samples.at(-1))], [0, 0]);
  }
});

test("what is wrong with a take has a name", () => {
  const cases = {
    silent: take(900, 0, 0),
    quiet: take(300, 600, 300, 0.03),
    clipped: take(300, 600, 300, 1),
    cut_start: take(0, 600, 300),
    cut_end: take(300, 600, 0),
    short: take(300, 90, 300),
    long: take(300, 6000, 300),
  };
  for (const [problem, samples] of Object.entries(cases)) assert.deepEqual(judged(samples), { problem }, problem);
  assert.deepEqual(judged(new Float32Array(0)), { problem: "silent" });
});

test("every problem has a sentence", () => {
  const words = JSON.parse(readFileSync(new URL("../../static/i18n/en/recorder.json", import.meta.url), "utf8"));
  for (const name of ["silent", "quiet", "clipped", "cut_start", "cut_end", "short", "long", "denied", "no_microphone", "failed", "not_kept"]) {
    assert.ok(words[`recorder.problem_${name}`], name);
  }
});

test("a recording ends when somebody has spoken and is silent, or takes too long", () => {
  const heard = (loudness) => {
    const ending = new Ending();
    return loudness.findIndex((one) => ending.heard(one, 100));
  };
  assert.equal(heard([...Array(5).fill(0), ...Array(6).fill(0.2), ...Array(9).fill(0.001)]), 5 + 6 + 7 - 1);
  assert.equal(heard([...Array(4).fill(0.2), ...Array(4).fill(0), ...Array(4).fill(0.2), 0, 0]), -1);
  assert.equal(heard(Array(99).fill(0)), 79);
});

test("a wave file is one channel of 16 bit and keeps its samples", () => {
  const view = new DataView(wav(Float32Array.of(0, 1, -1, 0.5, 7), RATE).buffer);
  const word = (at) => String.fromCharCode(...new Uint8Array(view.buffer, at, 4));
  assert.deepEqual([0, 8, 12, 36].map(word), ["RIFF", "WAVE", "fmt ", "data"]);
  assert.deepEqual([view.getUint16(22, true), view.getUint32(24, true), view.getUint16(34, true), view.getUint32(40, true)], [1, RATE, 16, 10]);
  assert.deepEqual([44, 46, 48, 50, 52].map((at) => view.getInt16(at, true)), [0, 32767, -32767, 16384, 32767]);
});

test("the checksum is the zip's", () => {
  assert.equal(crc32(new TextEncoder().encode("123456789")), 0xcbf43926);
  assert.equal(crc32(new Uint8Array(0)), 0);
});

test("another program reads the zip", () => {
  const folder = mkdtempSync(join(tmpdir(), "zip-"));
  const files = [{ name: "a.txt", data: new TextEncoder().encode("one") }, { name: "b.bin", data: Uint8Array.from({ length: 999 }, (_, n) => n) }, { name: "c", data: new Uint8Array(0) }];
  try {
    const path = join(folder, "made.zip");
    writeFileSync(path, Buffer.concat(zip(files)));
    const script = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), [(i.filename, i.file_size, i.compress_type) for i in z.infolist()], z.read('a.txt'))";
    assert.equal(execFileSync("python3", ["-c", script, path], { encoding: "utf8" }).trim(), "None [('a.txt', 3, 0), ('b.bin', 999, 0), ('c', 0, 0)] b'one'");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the manifest names every clip with its hash, flat and in order", async () => {
  const recording = (key) => ({ key, text: "t", lang: "zh", ms: 9, wav: new TextEncoder().encode("abc") });
  const [manifest, ...clips] = await bank([recording("zh/window/3"), recording("zh/again")], { voice: "v", licence: "l" });
  const told = JSON.parse(new TextDecoder().decode(manifest.data));
  assert.equal(manifest.name, "manifest.json");
  assert.deepEqual([told.version, told.voice, told.licence], [SHIPPED.version, "v", "l"]);
  assert.deepEqual(told.clips[1], {
    key: "zh/window/3", text: "t", lang: "zh", sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ms: 9, archive: "zh-window-3.wav",
  });
  assert.deepEqual(clips.map(({ name }) => name), told.clips.map(({ archive }) => archive));
  assert.equal(archiveOf("zh/letter/VA"), "zh-letter-VA.wav");
});
