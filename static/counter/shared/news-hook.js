// @ts-check
import { followNews } from "../../lib/news.js";
import { useEffect, useRef, useState } from "../../lib/ui.js";

/** @typedef {import("../types.js").HallState} HallState */
/** @typedef {import("../../lib/news.js").Meta} Meta */
/** @typedef {{state: HallState | null, meta: Meta | null, now: () => Date}} News */

/**
 * The hall's news in staff scope; `state` stays null until the first snapshot.
 * @param {string} hall
 * @param {(event: any) => void} [onEvent]
 * @returns {News}
 */
export function useNews(hall, onEvent) {
  const [picture, show] = useState(/** @type {{state: any, meta: any}} */ ({ state: null, meta: null }));
  const feed = useRef(/** @type {any} */ (null));
  const listener = useRef(onEvent);
  listener.current = onEvent;
  useEffect(() => {
    feed.current = followNews({
      hall,
      scope: "staff",
      onState: (state, meta) => show({ state: meta.synced ? state : null, meta }),
      onEvent: (event) => listener.current && listener.current(event),
    });
    return () => feed.current.close();
  }, [hall]);
  return { ...picture, now: () => (feed.current ? feed.current.now() : new Date()) };
}

/** Draw the component again every second, for clocks and running times. */
export function useSecond() {
  const [, beat] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => beat((/** @type {number} */ n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, []);
}
