// @ts-check
import { useEffect, useState } from "../lib/ui.js";

/**
 * Seconds until `done` is called; every touch starts again.
 * @param {number} seconds 0: no waiting
 * @param {any} place another place is another wait
 * @param {() => void} done
 */
export function useIdle(seconds, place, done) {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    if (!seconds) return undefined;
    const from = { at: performance.now() };
    const count = () => {
      const remaining = seconds - (performance.now() - from.at) / 1000;
      setLeft(Math.max(0, Math.ceil(remaining)));
      if (remaining <= 0) done();
    };
    const touched = () => { from.at = performance.now(); };
    setLeft(seconds);
    const timer = setInterval(count, 250);
    addEventListener("pointerdown", touched);
    addEventListener("keydown", touched);
    return () => {
      clearInterval(timer);
      removeEventListener("pointerdown", touched);
      removeEventListener("keydown", touched);
    };
  }, [seconds, place]);
  return left;
}
