// @ts-check
import { createPresses } from "../counter/presses.js";
import { signIn } from "../counter/shared/start.js";
import { order } from "../lib/orders.js";
import { useMemo, useState } from "../lib/ui.js";

/** @typedef {import("../counter/presses.js").Press} Press */

/**
 * Orders of a desk without a window: one under way at a time, the latest of them, and what it came to.
 * @param {string} hall
 * @returns {{press: Press | null, free: () => boolean, ask: (action: string, subject: string | null, path: string,
 *   body: Record<string, unknown>) => Promise<Press | null>}} `path` within the hall
 */
export function useOrders(hall) {
  const [press, show] = useState(/** @type {Press | null} */ (null));
  const presses = useMemo(() => createPresses({ send, clock: () => performance.now(), onChange: show }), []);
  if (press && press.answer && press.answer.status === 401) signIn(location.pathname);
  const ask = (/** @type {string} */ action, /** @type {string | null} */ subject, /** @type {string} */ path,
    /** @type {Record<string, unknown>} */ body) =>
    presses.press(action, subject, { path: `/api/halls/${encodeURIComponent(hall)}${path}`, body });
  return { press, free: presses.free, ask };
}

/** @param {{path: string, body: any}} request @param {(unconfirmed: boolean) => void} onUnconfirmed */
function send({ path, body }, onUnconfirmed) {
  return order("POST", path, body, { onUnconfirmed });
}
