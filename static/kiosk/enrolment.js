// @ts-check
import { whoAmI } from "../lib/enrolment.js";

/**
 * The hall for which this browser may give numbers; null when it is no kiosk.
 * @returns {Promise<string | null>}
 */
export async function enrolledHall() {
  const { hall, device } = await whoAmI();
  return device && device.kind === "kiosk" ? hall : null;
}
