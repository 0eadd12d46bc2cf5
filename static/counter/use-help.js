// @ts-check
import { useMemo, useState } from "../lib/ui.js";
import { createPresses } from "./presses.js";
import { alarmRequest, requestFor } from "./requests.js";
import { send } from "./send.js";

/** @typedef {import("./types.js").Alarm} Alarm */

/**
 * Calls for help. They have presses of their own, one for each order: help must wait neither for the
 * answer to another order nor for the end of what could be a double click.
 * @param {string} hall
 * @param {string} code this window; empty where one sits nowhere
 */
export function useHelp(hall, code) {
  const [press, show] = useState(/** @type {import("./presses.js").Press | null} */ (null));
  const presses = useMemo(() => {
    const own = () => createPresses({ send, clock: () => performance.now(), onChange: show });
    return { raise: own(), accept: own(), end: own() };
  }, []);
  return {
    press,
    raise: () => presses.raise.press("alarm", null, requestFor("alarm", { hall, window: code, ticket: null })),
    accept: (/** @type {Alarm} */ alarm) => presses.accept.press("accept", null, alarmRequest("accept", hall, alarm.id)),
    end: (/** @type {Alarm} */ alarm) => presses.end.press("end", null, alarmRequest("end", hall, alarm.id)),
  };
}
