/**
 * The pages' own reader on a stage: real news.js, feed.js and reduce.js, with a made-up clock, socket and server.
 * One JSON command a line comes in, one JSON answer a line goes out; see stage.py.
 */
import { register } from "node:module";
import { createInterface } from "node:readline";

const soon = globalThis.setImmediate;
register(`data:text/javascript,${encodeURIComponent(`
  export async function resolve(name, context, next) {
    return name.includes("socket.io") ? { url: "stage:io", shortCircuit: true } : next(name, context);
  }
  export async function load(url, context, next) {
    const source = "export const io = (...given) => globalThis.openSocket(...given);";
    if (url === "stage:io") return { format: "module", source, shortCircuit: true };
    const loaded = await next(url, context);
    const [file, right, wrong] = JSON.parse(process.env.STAGE_BREAK || "[]");
    if (!file || !url.endsWith("/lib/" + file)) return loaded;
    const text = String(loaded.source);
    if (!text.includes(right)) throw new Error("nothing to break in " + file);
    return { ...loaded, source: text.replace(right, () => wrong) };
  }`)}`);

// -- time ------------------------------------------------------------------------------------
let now = 0, ids = 0;
const timers = new Map();
const later = (run, after, every) => {
  timers.set(++ids, { run, at: now + Math.max(1, after || 0), every });
  return ids;
};
globalThis.setTimeout = (run, after) => later(run, after, 0);
globalThis.setInterval = (run, every) => later(run, every, every);
globalThis.clearTimeout = globalThis.clearInterval = (id) => void timers.delete(id);
globalThis.performance = { now: () => now };
Date.now = () => 1_700_000_000_000 + now;

const settled = () => new Promise((done) => soon(done));

async function forward(ms) {
  const until = now + ms;
  for (;;) {
    let next = null;
    for (const [id, timer] of timers) if (timer.at <= until && (!next || timer.at < next[1].at)) next = [id, timer];
    if (!next) break;
    const [id, timer] = next;
    now = timer.at;
    if (timer.every) timer.at += timer.every; else timers.delete(id);
    timer.run();
    await settled();
  }
  now = until;
}

// -- the socket and the server, as the reader sees them ----------------------------------------
let readers = [], opening = null, said = [];
const questions = new Map();

function ask(reader, kind, have, answer, fail) {
  const id = ++ids;
  const timer = kind === "sync" ? later(() => questions.get(id) && fail(id), 4000, 0) : 0;
  questions.set(id, { reader, kind, answer, fail, timer });
  said.push({ ask: id, reader: reader.name, kind, have });
  return id;
}

function drop(id) {
  timers.delete(questions.get(id)?.timer);
  questions.delete(id);
}

globalThis.openSocket = () => {
  const reader = opening, heard = {};
  const emitter = {
    emit(what, have, done) {
      if (what !== "sync") return;
      ask(reader, "sync", have, (answer) => done(null, answer), (id) => (drop(id), done(new Error("timeout"))));
    },
  };
  const socket = {
    connected: false, active: true, on: (name, hear) => { heard[name] = hear; }, timeout: () => emitter,
    // The connection beneath never opens on this stage, so nobody knocks again.
    io: { on: () => {} }, disconnect: () => socket,
    emit: emitter.emit, connect: () => {}, close: () => { socket.connected = false; },
  };
  Object.assign(reader, { socket, hear: (name, data) => heard[name] && heard[name](data) });
  return socket;
};

globalThis.fetch = (address, { signal }) => new Promise((resolve, reject) => {
  const query = new URLSearchParams(String(address).split("?")[1]);
  const have = { epoch: query.get("epoch"), seq: Number(query.get("seq")), hash: query.get("hash") };
  const id = ask(opening || readers.find((one) => one.scope === query.get("scope")), "fetch", have,
    (answer) => resolve({ ok: true, json: async () => answer }), () => (drop(id), reject(new Error("no answer"))));
  signal.addEventListener("abort", () => (drop(id), reject(new Error("aborted"))));
});

const { followNews } = await import("../../static/lib/news.js");

// -- commands ----------------------------------------------------------------------------------
function open(scopes) {
  for (const reader of readers) reader.news.close();
  readers = [];
  timers.clear();
  questions.clear();
  said = [];
  for (const scope of scopes) {
    const reader = opening = { name: scope, scope, state: null, meta: null };
    reader.news = followNews({ hall: "h", scope, onState: (state, meta) => Object.assign(reader, { state, meta, told: true }) });
    readers.push(reader);
    opening = null;
  }
}

/** Whatever was asked through this connection will never be answered. */
function disconnect(reader) {
  reader.socket.connected = false;
  for (const [id, one] of questions) if (one.reader === reader && one.kind === "sync") one.fail(id);
  reader.hear("disconnect", "transport close");
}

const named = (name) => readers.find((reader) => reader.name === name);
const commands = {
  open: ({ scopes }) => open(scopes),
  connect: ({ reader }) => { named(reader).socket.connected = true; named(reader).hear("connect"); },
  disconnect: ({ reader }) => disconnect(named(reader)),
  hear: ({ reader, name, data }) => named(reader).hear(name, data),
  answer: ({ ask: id, data }) => { const one = questions.get(id); drop(id); if (one) one.answer(data); },
  fail: ({ ask: id }) => questions.get(id)?.fail(id),
  forward: ({ ms }) => forward(ms),
};

function picture() {
  const told = readers.filter((reader) => reader.told);
  for (const reader of told) reader.told = false;
  const asked = said;
  said = [];
  const show = ({ name, state, meta }) => ({ name, state, epoch: meta.epoch, seq: meta.seq, stale: meta.stale, synced: meta.synced });
  return { asked, readers: told.map(show) };
}

for await (const line of createInterface({ input: process.stdin })) {
  for (const command of JSON.parse(line)) {
    await commands[command.do](command);
    await settled();
  }
  process.stdout.write(`${JSON.stringify(picture())}\n`);
}
