// @ts-check
import { createContext, useState } from "../../lib/ui.js";

/** @typedef {import("../presses.js").Press} Press */

/**
 * What came of the order that the open question was answered with, for the dialog to show.
 * @type {any}
 */
export const Said = createContext(/** @type {{text: any, waiting: boolean} | null} */ (null));

/**
 * A question stands open until its order is done: a refused one keeps what was filled in, and says why.
 */
export function useAsked() {
  const [asking, put] = useState(/** @type {string | null} */ (null));
  const [sent, mark] = useState(false);
  const ask = (/** @type {string | null} */ question) => { mark(false); put(question); };
  /** Only the question that was answered is closed. @param {Promise<Press | null>} order */
  const follow = async (order) => {
    mark(true);
    const press = await order;
    if (press && press.phase === "done") put((/** @type {string | null} */ open) => (open === asking ? null : open));
    return press;
  };
  return { asking, ask, put, sent, follow };
}
