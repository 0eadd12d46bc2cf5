// @ts-check
import { useEffect, useRef, useState } from "../lib/ui.js";
import { REASONS_OFFERED_MS, asksWhy } from "./levels.js";

/**
 * One rating: a tap sends it; after a bad one the reasons are asked for first, and not for long. Who
 * goes away meanwhile has tapped all the same: the level goes out alone.
 * @param {(rating: {level: number, reasons?: string[]}) => Promise<import("../lib/orders.js").Answer>} send
 * @param {(answer: import("../lib/orders.js").Answer) => void} onAnswer
 */
export function useRating(send, onAnswer) {
  const [step, go] = useState(/** @type {"faces" | "why" | "sending"} */ ("faces"));
  const tapped = useRef(/** @type {number | null} */ (null));
  const give = async (/** @type {string[]} */ reasons) => {
    const level = tapped.current;
    tapped.current = null;
    if (level === null) return;
    go("sending");
    onAnswer(await send(reasons.length ? { level, reasons } : { level }));
  };
  const choose = (/** @type {number} */ level) => {
    if (step !== "faces") return;
    tapped.current = level;
    if (asksWhy(level)) go("why");
    else give([]);
  };
  useEffect(() => {
    if (step !== "why") return undefined;
    const timer = setTimeout(() => give([]), REASONS_OFFERED_MS);
    return () => clearTimeout(timer);
  }, [step]);
  useEffect(() => () => { give([]); }, []);
  return { step, level: tapped.current, choose, give };
}
