import assert from "node:assert/strict";
import test from "node:test";
import { Catalogue } from "../../static/lib/catalogue.js";

const answer = (version) => new Response(JSON.stringify({ version, services: [{ code: version }] }));
const OFFLINE = "offline";

/** A catalogue and a server with a script: the version that each reading gets, the last for ever. */
function page(t, ...script) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const asked = [], told = [];
  t.mock.method(globalThis, "fetch", async (path, { cache }) => {
    asked.push({ path, cache });
    const next = script.length > 1 ? script.shift() : script[0];
    if (next === OFFLINE) throw new TypeError("Failed to fetch");
    return answer(next);
  });
  return { asked, told, catalogue: new Catalogue("demo", (services) => told.push(services[0].code)) };
}

const settled = async () => {
  for (let i = 0; i < 10; i += 1) await new Promise(setImmediate);
};

test("a catalogue is loaded once for a version, by what the browser has of it", async (t) => {
  const { catalogue, asked, told } = page(t, "v1");
  for (let i = 0; i < 3; i += 1) catalogue.follow("v1");
  await settled();
  catalogue.follow("v1");
  await settled();
  assert.deepEqual(asked, [{ path: "/api/halls/demo/services", cache: "no-cache" }]);
  assert.deepEqual([catalogue.version, catalogue.services, told], ["v1", [{ code: "v1" }], ["v1"]]);
});

test("a hall without services is not asked for them", async (t) => {
  const { catalogue, asked } = page(t, "v1");
  catalogue.follow(undefined);
  catalogue.follow(null);
  await settled();
  assert.deepEqual([asked, catalogue.services], [[], []]);
});

test("another version is loaded", async (t) => {
  const { catalogue, told } = page(t, "v1", "v2");
  catalogue.follow("v1");
  await settled();
  catalogue.follow("v2");
  await settled();
  assert.deepEqual(told, ["v1", "v2"]);
});

test("news that are behind the catalogue do not load it again and again", async (t) => {
  const { catalogue, asked } = page(t, "v3");
  for (const version of ["v1", "v1", "v1"]) {
    catalogue.follow(version);
    await settled();
  }
  catalogue.follow("v3");
  await settled();
  assert.equal(asked.length, 1);
});

test("a change while it is loaded is loaded next", async (t) => {
  const { catalogue, told } = page(t, "v1", "v2");
  catalogue.follow("v1");
  catalogue.follow("v2");
  await settled();
  assert.deepEqual(told, ["v1", "v2"]);
});

test("a server that is away is asked again, and no more once the page is closed", async (t) => {
  const { catalogue, asked, told } = page(t, OFFLINE, OFFLINE, "v1");
  catalogue.follow("v1");
  for (let i = 0; i < 2; i += 1) {
    await settled();
    t.mock.timers.tick(2000);
  }
  await settled();
  assert.deepEqual([asked.length, told], [3, ["v1"]]);

  catalogue.close();
  catalogue.follow("v2");
  await settled();
  assert.equal(asked.length, 3);
});
