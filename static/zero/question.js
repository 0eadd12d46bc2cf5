// @ts-check
/** A question by phone or online as a form has it, and as the server is told. */
import { micros } from "../counter/turn.js";

/** Outcomes that a caller can be given without standing here. */
export const AT_A_DISTANCE = Object.freeze(["answered", "guide", "online", "ready", "nearby", "booking", "complaint", "not_ours"]);
/** Promises, in minutes. */
export const DUE_IN = Object.freeze([15, 30, 60, 240]);

/**
 * @typedef {{channel: string, services: string[], question: string, caller: string, due: number, outcome: string,
 *   line: string, care: boolean, noEntry: boolean}} Draft `outcome` empty: a reply is owed
 */

/** @type {Draft} */
export const EMPTY_DRAFT = Object.freeze({
  channel: "phone", services: [], question: "", caller: "", due: 30, outcome: "", line: "", care: false, noEntry: false,
});

/** @param {Draft} draft */
export function questionBody(draft) {
  const texts = { question: draft.question.trim(), caller: draft.caller.trim() };
  const said = Object.fromEntries(Object.entries(texts).filter(([, text]) => text));
  const answered = Boolean(draft.outcome);
  const number = answered && draft.line ? { line: draft.line, ...(draft.care ? { class: "care" } : {}) } : {};
  return {
    channel: draft.channel, ...said,
    ...(draft.services.length ? { services: draft.services } : {}),
    ...(answered ? { outcome: draft.outcome } : { due: draft.due }),
    ...(draft.noEntry ? { no_entry: true } : {}),
    ...number,
  };
}

/** Something was asked: an empty form is a slip of the hand. @param {Draft} draft */
export function isAsked(draft) {
  return Boolean(draft.question.trim() || draft.services.length);
}

/**
 * How the promise stands: whole minutes left, below zero when it is overdue; null without a promise.
 * @param {{due_at: string | null}} question @param {Date} now hall time
 */
export function minutesLeft(question, now) {
  if (!question.due_at) return null;
  const left = (micros(question.due_at) / 1000 - now.getTime()) / 60_000;
  return left < 0 ? Math.floor(left) : Math.ceil(left);
}

/** The most urgent first; those without a promise last. @param {any[]} questions */
export function byUrgency(questions) {
  return [...questions].sort((a, b) => String(a.due_at || "9").localeCompare(String(b.due_at || "9")) || a.at.localeCompare(b.at));
}

/** The text of a kind, or nothing. @param {{words: {kind: string, text: string}[]}} thing @param {string} kind */
export function wordsOf(thing, kind) {
  const found = thing.words.find((one) => one.kind === kind);
  return found ? found.text : "";
}
