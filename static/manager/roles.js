// @ts-check
/** What each role is shown. Only to leave out what would be refused: the server decides. */
const MAY = Object.freeze({
  look: ["supervisor", "manager", "auditor", "administrator"],
  day: ["supervisor", "manager"],
  devices: ["supervisor", "manager", "administrator"],
  supervise: ["supervisor"],
  staff: ["supervisor", "manager", "auditor", "administrator"],
  rules: ["manager"],
  voice: ["supervisor", "manager", "auditor", "administrator"],
  change_zones: ["manager"],
  change_devices: ["manager", "administrator"],
});

/**
 * @param {string} role
 * @param {keyof typeof MAY} what
 */
export function may(role, what) {
  return MAY[what].includes(role);
}
