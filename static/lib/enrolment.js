// @ts-check
/** A device's right to be one: a cookie, got for a one-time code. */
import { refusalText, t } from "./i18n.js";
import { forgetSession, order, session } from "./orders.js";

const TRY_AGAIN_AFTER = 2000;

/** The code in `#code=` is secret and used once: it leaves the address bar before anything else. */
export function codeInAddress() {
  const code = new URLSearchParams(location.hash.slice(1)).get("code");
  if (code) history.replaceState(null, "", location.pathname + location.search);
  return code;
}

/**
 * Turn a code into a device cookie.
 * @param {string} code @param {"kiosk" | "screen" | "pad"} kind
 * @returns {Promise<string | null>} what went wrong, or null
 */
export async function enrol(code, kind) {
  const { status, body } = await order("POST", "/api/enrolments", { code: code.trim() });
  if (status !== 201) return refusalText(body);
  return body.device.kind === kind ? null : t("enrol.wrong_kind", { name: body.device.name });
}

/**
 * Who this browser is, once the server answers: a device is often started before it.
 * @returns {Promise<{hall: string, device: {kind: string, name: string, window: string | null} | null}>}
 */
export async function whoAmI() {
  for (;;) {
    try {
      forgetSession();
      const { hall, device } = await session();
      return { hall: new URLSearchParams(location.search).get("hall") || hall, device };
    } catch {
      await new Promise((resume) => setTimeout(resume, TRY_AGAIN_AFTER));
    }
  }
}
