// @ts-check
import { getJSON } from "../lib/orders.js";
import { useEffect, useRef, useState } from "../lib/ui.js";

/** How often a list that the news do not carry is read again, in ms. */
const AGAIN_EVERY = 15_000;

/**
 * A list or a report, read again by itself; what was read last stays when a reading fails.
 * @param {string} hall @param {string} path within the hall
 * @returns {{found: any, error: string | null, again: () => void}}
 */
export function useReading(hall, path) {
  const [told, tell] = useState(/** @type {{path: string, found: any, error: string | null}} */ ({ path, found: null, error: null }));
  const [round, next] = useState(0);
  const asked = useRef(0);
  useEffect(() => {
    const mine = ++asked.current;
    getJSON(`/api/halls/${encodeURIComponent(hall)}${path}`).then(({ status, body }) => {
      if (mine !== asked.current) return; // a later question is on its way
      const kept = (/** @type {typeof told} */ before) => (before.path === path ? before.found : null);
      tell((before) => (status === 200 ? { path, found: body, error: null } : { path, found: kept(before), error: body.error }));
    });
    return () => { asked.current += 1; };
  }, [hall, path, round]);
  useEffect(() => {
    const timer = setInterval(() => next((/** @type {number} */ n) => n + 1), AGAIN_EVERY);
    return () => clearInterval(timer);
  }, []);
  const now = told.path === path ? told : { found: null, error: null };
  return { found: now.found, error: now.error, again: () => next((/** @type {number} */ n) => n + 1) };
}
