// @ts-check
import { refusalText, t } from "../lib/i18n.js";
import { order } from "../lib/orders.js";
import { useRef, useState } from "../lib/ui.js";

/** @typedef {{text: string, tone: "soft" | "good" | "warn" | "bad"}} Said */
/** @typedef {{said: Said, busy: boolean, send: (method: "POST" | "PUT", path: string, body?: Record<string, any>,
 *   done?: string) => Promise<any>, say: (text: string, tone: Said["tone"]) => void}} Orders
 *   `send` resolves to the answer's body, or to null when it did not work */

/**
 * Orders of this page, one at a time, and what is said of the latest.
 * @param {string} hall
 * @returns {Orders}
 */
export function useOrders(hall) {
  const [said, set] = useState(/** @type {Said} */ ({ text: "", tone: "soft" }));
  const [busy, work] = useState(false);
  const under = useRef(false);
  const say = (/** @type {string} */ text, /** @type {Said["tone"]} */ tone) => set({ text, tone });
  const tell = (/** @type {boolean} */ doubt) => (doubt ? say(t("manager.unconfirmed"), "warn") : say(t("manager.sending"), "soft"));
  /** @type {Orders["send"]} */
  const send = async (method, path, body = {}, done = t("manager.done")) => {
    if (under.current) return null;
    under.current = true;
    work(true);
    tell(false);
    const { status, body: answer } = await order(method, `/api/halls/${encodeURIComponent(hall)}${path}`, body, { onUnconfirmed: tell });
    under.current = false;
    work(false);
    const right = status >= 200 && status < 300;
    say(right ? done : refusalText(answer), right ? "good" : "bad");
    return right ? answer : null;
  };
  return { said, busy, send, say };
}
