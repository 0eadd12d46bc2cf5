// @ts-check
/** The hall's recordings as the page shows them, kept in step with the browser's store. */
import { useEffect, useState } from "../lib/ui.js";
import { all, drop, keep } from "./store.js";

/** @typedef {import("./manifest.js").Recording} Recording */

/** @param {string} hall */
export function useRecordings(hall) {
  const [kept, set] = useState(/** @type {Map<string, Recording>} */ (new Map()));
  const [failed, fail] = useState(false);
  useEffect(() => {
    all(hall).then((found) => set(new Map(found.map((one) => [one.key, one]))), () => fail(true));
  }, [hall]);
  /** Both resolve to whether it is on disk. @param {Promise<void>} work @param {(next: Map<string, Recording>) => void} change */
  const changed = async (work, change) => {
    const done = await work.then(() => true, () => false);
    fail(!done);
    if (done) set((before) => { const now = new Map(before); change(now); return now; });
    return done;
  };
  return {
    kept,
    failed,
    keep: (/** @type {Recording} */ one) => changed(keep(hall, one), (now) => now.set(one.key, one)),
    drop: (/** @type {string} */ key) => changed(drop(hall, key), (now) => now.delete(key)),
  };
}
