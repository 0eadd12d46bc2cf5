// @ts-check
/**
 * Which calls wait to be spoken, in which order, and which no longer matter: the queue of display_client/calls.py.
 * Zones, one loudspeaker, first in, first out; no clock and no sound here.
 */
import { newKey } from "../lib/orders.js";
import { PAGE, mayTry, serves } from "./duty.js";
import { script, timeOfDay, volumeAt } from "./saying.js";

/** A call first met when it is older than this (hall time) is not spoken: the person has been waved over by then. */
const FRESH_FOR = 30_000;
const MOST_TOGETHER = 3;
const UNSAID = new Set(["queued", "unspoken"]);
const WHOLE = "hall";

/**
 * @typedef {{seq: number, number: string, window: {kind: string, number: number | null}, repeat: boolean, at: number,
 *   metAt: number, zone: string, lang: string | null, key: string, also: Call[]}} Call `key` names the orders for it
 * @typedef {{call: Call, script: import("./saying.js").Script, held: boolean}} Turn
 * @typedef {import("../lib/reduce.js").HallState} HallState
 */

export class CallQueue {
  /** @type {import("./duty.js").Me} */ me = { id: "", zone: null };
  /** Whether this call could be sounded here. @type {(call: Call, langs: string[]) => boolean} */ canSay;
  /** @type {Call[]} */ #waiting = [];
  #met = new Set();
  #current = new Set();
  #epoch = "";
  /** @type {Map<number, number>} */ #notBefore = new Map();
  /** @type {Record<string, {settings: Record<string, any>, endedAt: number}>} */ #zones = {};
  /** @type {Record<string, any>} */ #hall = {};

  /** @param {(call: Call, langs: string[]) => boolean} canSay */
  constructor(canSay) {
    this.canSay = canSay;
  }

  get length() { return this.#waiting.length; }

  /** @param {HallState} state @param {string} epoch @param {number} now hall time in ms */
  update(state, epoch, now) {
    if (epoch !== this.#epoch) this.forget(); // another history: its numbers mean other calls
    this.#epoch = epoch;
    this.#hall = state.hall;
    this.#zones = zonesOf(state);
    const current = state.announcements.filter((row) => isCurrent(row, state)).reverse();
    for (const row of current) {
      if (!this.#met.has(row.seq) && now - Date.parse(row.at) < FRESH_FOR) this.#add(callOf(row, state, now));
    }
    this.#met = new Set(state.announcements.map((row) => row.seq));
    this.#current = new Set(current.map((row) => row.seq));
    this.#waiting = this.#waiting.filter((call) => this.#current.has(call.seq) && this.#sounds(call, now));
  }

  /** The connection is gone, or the history another: what comes next is met anew, and by its age. */
  forget() {
    this.#waiting = [];
    this.#met.clear();
    this.#current.clear();
    this.#notBefore.clear();
  }

  /** A recall takes the place of its own earlier call. @param {Call} call */
  #add(call) {
    const place = this.#waiting.findIndex((earlier) => earlier.number === call.number);
    this.#waiting.splice(place < 0 ? this.#waiting.length : place, place < 0 ? 0 : 1, call);
  }

  /** What was called into quiet hours is not made up for when they end. @param {Call} call @param {number} now */
  #sounds(call, now) {
    const settings = this.#zone(call.zone).settings;
    const quiet = [call.at, now].some((at) => volumeAt(settings, timeOfDay(this.#hall, new Date(at))) === 0);
    return !quiet || now - call.at < FRESH_FOR;
  }

  /** The first of those at the head of their zones that this page may speak now. @param {number} now @returns {Turn | null} */
  take(now) {
    const passed = new Set();
    for (const call of this.#waiting) {
      if (passed.has(call.zone) || !serves(this.me, call.zone)) continue;
      passed.add(call.zone);
      const turn = (this.#notBefore.get(call.seq) || 0) <= now ? this.#turn(call, now) : null;
      if (turn) return turn;
    }
    return null;
  }

  /** Several in one breath only where their clips are all there. @param {Call} call @param {number} now @returns {Turn | null} */
  #turn(call, now) {
    const { settings, endedAt } = this.#zone(call.zone);
    const announcer = settings.announcer ?? null;
    const held = Boolean(this.me.id) && announcer === this.me.id;
    const ways = (held ? [this.#together(call), []] : [[]]).map((also) => this.#said(call, also, now));
    const way = ways.find((one) => one && this.canSay(one.call, one.script.langs)) || ways[ways.length - 1];
    if (!way) return null; // quiet hours: it stays, unspoken
    const waited = now - Math.max(call.metAt, endedAt);
    if (!mayTry({ announcer, waited }, this.me, this.canSay(way.call, way.script.langs), PAGE)) return null;
    this.#waiting = this.#waiting.filter((other) => other !== call && !way.call.also.includes(other));
    return { ...way, held };
  }

  /** @param {Call} call @param {Call[]} also @param {number} now */
  #said(call, also, now) {
    const ours = this.#waiting.filter((other) => serves(this.me, other.zone) && [null, this.me.id].includes(this.announcer(other.zone)));
    const left = ours.filter((other) => other !== call && !also.includes(other)).length;
    const told = script(this.#zone(call.zone).settings, call.lang, left, timeOfDay(this.#hall, new Date(now)));
    return told && { call: { ...call, also }, script: told };
  }

  /** The calls that follow in the same zone and go to the same window. @param {Call} call */
  #together(call) {
    const others = this.#waiting.filter((other) => other.zone === call.zone && other !== call);
    const apart = others.findIndex((other) => !goTogether(call, other));
    return others.slice(0, apart < 0 ? others.length : apart).slice(0, MOST_TOGETHER - 1);
  }

  /** It waits where it was, and is not tried again before then. @param {Call} call @param {number} notBefore hall time */
  putBack(call, notBefore) {
    for (const one of each(call)) {
      this.#notBefore.set(one.seq, notBefore);
      const known = this.#waiting.some((other) => other.seq === one.seq || other.number === one.number);
      if (this.#current.has(one.seq) && !known) this.#waiting.push(one);
    }
    this.#waiting.sort((a, b) => a.seq - b.seq);
  }

  /** Nobody has spoken it, and its ticket is still called to that window. @param {Call} call */
  stillWanted(call) { return this.#current.has(call.seq); }

  /** Zones that this page serves and does not hold, those without an announcer first. */
  unheld() {
    const codes = Object.keys(this.#zones).filter((code) => serves(this.me, code) && this.announcer(code) !== this.me.id);
    return codes.sort((a, b) => Number(this.announcer(a) !== null) - Number(this.announcer(b) !== null) || (a < b ? -1 : 1));
  }

  /** Who sounds in a zone. @param {string} code @returns {string | null} */
  announcer(code) { return this.#zone(code).settings.announcer ?? null; }

  /** @param {string} code */
  #zone(code) { return this.#zones[code] || { settings: {}, endedAt: 0 }; }
}

/** A call and those that are said with it, each by itself. @param {Call} call @returns {Call[]} */
export const each = (call) => [{ ...call, also: [] }, ...call.also];

/** The announcement for those that are left of it. @param {Call[]} left @returns {Call} */
export const together = ([first, ...also]) => ({ ...first, also });

/** @param {Call} one @param {Call} other */
function goTogether(one, other) {
  const same = one.zone === other.zone && one.lang === other.lang && one.window.kind === other.window.kind && one.window.number === other.window.number;
  return same && !one.repeat && !other.repeat;
}

/** @param {HallState} state */
function zonesOf(state) {
  /** @type {Record<string, number>} */
  const ended = {};
  for (const { zone = WHOLE, ended_at } of state.announcements) if (ended_at) ended[zone] = Math.max(ended[zone] || 0, Date.parse(ended_at));
  const zones = Object.entries(state.zones || {});
  return Object.fromEntries((zones.length ? zones : [[WHOLE, {}]]).map(([code, settings]) => [code, { settings, endedAt: ended[code] || 0 }]));
}

/** @param {any} row @param {HallState} state */
function isCurrent(row, state) {
  const ticket = state.tickets[row.number] || {};
  return UNSAID.has(row.state) && ticket.state === "called" && ticket.window === row.window;
}

/** @param {any} row @param {HallState} state @param {number} now @returns {Call} */
function callOf(row, state, now) {
  const { seq, number, repeat, at, zone = WHOLE, lang = null } = row;
  return { seq, number, window: placeOf(row.window, state), repeat: Boolean(repeat), at: Date.parse(at), metAt: now, zone, lang, key: newKey(), also: [] };
}

/** The only zero window of a hall is 零号窗口 and has no desk number. @param {string} code @param {HallState} state */
function placeOf(code, state) {
  const { kind, number } = state.windows[code];
  const zeros = Object.values(state.windows).filter((other) => other.kind === "zero");
  return { kind, number: kind === "zero" && zeros.length === 1 ? null : number };
}
