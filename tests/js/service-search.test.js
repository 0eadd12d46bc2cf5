import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { searchServices } from "../../static/lib/service-search.js";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const { services, cases } = read("../fixtures/service_search.json");
const demonstration = read("../../queue_server/cli/demo_services.json")
  .map((one) => ({ active: true, ...one, aliases: (one.aliases || []).map((name) => ({ name, initials: "x" })) }));
const codes = (found) => found.map((one) => one.code);

for (const { why, text, limit, found } of cases) {
  test(`a search finds: ${why}`, () => {
    assert.deepEqual(codes(searchServices(services, text, limit)), found);
  });
}

test("what is found are the services themselves, and the catalogue is left in its order", () => {
  const before = codes(demonstration);
  assert.equal(searchServices(demonstration, "A01")[0], demonstration[0]);
  assert.deepEqual(codes(demonstration), before);
});

test("a search among five hundred takes less than a tenth of a second", () => {
  const many = [0, 1, 2, 3, 4].flatMap((n) => demonstration.map((one) => ({ ...one, code: `${one.code}-${n}` })));
  assert.equal(many.length, 500);
  for (const text of ["登记", "dj", "re", "公积金 提取", ""]) {
    // Time of the processor, the first search with its preparation: other tests run beside this one.
    const before = process.cpuUsage();
    assert.equal(searchServices(many, text).length, 20, text);
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < 100_000, `${text}: ${user + system} µs`);
  }
});
