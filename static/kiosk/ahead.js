// @ts-check
import { windowsByLine } from "../lib/hall.js";
import { t } from "../lib/i18n.js";

/**
 * How many are before a person; "soon" is promised only where a window is open to keep it.
 * @param {import("../lib/reduce.js").HallState} state @param {any} line @param {number} ahead
 */
export function aheadText(state, line, ahead) {
  if (ahead) return t("kiosk.confirm_ahead", { n: ahead });
  return t(line && windowsByLine(state)[line.letter] ? "kiosk.confirm_nobody" : "kiosk.confirm_no_window");
}
