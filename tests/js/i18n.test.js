import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { fill, refusalText } from "../../static/lib/i18n.js";

const ROOT = new URL("../../", import.meta.url);
const LANGUAGES = ["zh-CN", "en"];
const folder = (lang) => new URL(`static/i18n/${lang}/`, ROOT);
const parts = (lang) => readdirSync(folder(lang)).filter((name) => name.endsWith(".json")).sort();
const read = (lang, part) => JSON.parse(readFileSync(new URL(part, folder(lang)), "utf8"));
const factsOf = (text) => [...new Set([...text.matchAll(/\{(\w+)[|}]/g)].map((found) => found[1]))].sort();

test("both languages have the same parts", () => {
  assert.deepEqual(parts("en"), parts("zh-CN"));
});

for (const part of parts("zh-CN")) {
  test(`${part} has the same sentences in both languages`, () => {
    assert.deepEqual(Object.keys(read("en", part)).sort(), Object.keys(read("zh-CN", part)).sort());
  });

  test(`${part} uses no fact in one language that the other's code path lacks`, () => {
    const en = read("en", part);
    for (const [key, text] of Object.entries(read("zh-CN", part))) assert.deepEqual(factsOf(en[key]), factsOf(text), key);
  });

  test(`${part} is flat, without empty sentences`, () => {
    for (const lang of LANGUAGES) {
      for (const [key, text] of Object.entries(read(lang, part))) {
        assert.equal(typeof text, "string", key);
        assert.notEqual(text.trim(), "", key);
      }
    }
  });

  test(`${part} has full-width punctuation in Chinese`, () => {
    for (const [key, text] of Object.entries(read("zh-CN", part))) {
      assert.doesNotMatch(text.replace(/\{[^}]*\}/g, ""), /[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]/, key);
    }
  });
}

test("every refusal of the protocol has a sentence", () => {
  const page = readFileSync(new URL("docs/protocol.md", ROOT), "utf8");
  const table = page.slice(page.indexOf("## Refusal codes"));
  const codes = [...table.matchAll(/`([a-z_]+)(?: \{[^}]*\})?`/g)].map((found) => found[1]);
  assert.ok(codes.length >= 45);
  const words = read("zh-CN", "common.json");
  assert.deepEqual(codes.filter((code) => !(`error.${code}` in words)), []);
});

test("facts are filled in, and an absent one leaves nothing", () => {
  assert.equal(fill({ a: "{x} and {y}." }, "a", { x: "A023", y: null }), "A023 and .");
});

test("the first word stands for one, the second for any other number", () => {
  const words = { a: "{n} {n|person|people}" };
  assert.deepEqual([0, 1, 2, "1"].map((n) => fill(words, "a", { n })), ["0 people", "1 person", "2 people", "1 person"]);
});

test("a missing sentence shows its key", () => {
  assert.equal(fill({}, "kiosk.nothing"), "kiosk.nothing");
});

test("an unknown refusal is named by its code", () => {
  const translate = (key, facts) => fill({ "error.unknown": "problem {code}", "error.busy": "busy" }, key, facts);
  assert.equal(refusalText({ error: "brand_new" }, translate), "problem brand_new");
  assert.equal(refusalText({ error: "busy" }, translate), "busy");
});
