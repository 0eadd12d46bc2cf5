// @ts-check
/** A device says that it is alive every two seconds; after this long it does not answer, in seconds. */
export const SILENT_AFTER_S = 15;

/**
 * @param {{enrolled: any, revoked: any, last_seen_at: string | null}} device
 * @param {number[]} clocks what it may be now, in milliseconds: in a demonstration the hall's clock
 *   runs ahead of the one that devices are seen by
 * @returns {"revoked" | "new" | "never" | "alive" | "silent"}
 */
export function deviceState(device, clocks) {
  if (device.revoked) return "revoked";
  if (!device.enrolled) return "new";
  if (!device.last_seen_at) return "never";
  const seen = Date.parse(device.last_seen_at);
  const age = Math.min(...clocks.map((now) => Math.abs(now - seen))) / 1000;
  return age <= SILENT_AFTER_S ? "alive" : "silent";
}
