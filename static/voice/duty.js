// @ts-check
/**
 * Whose turn it is to speak a call: the rules of display_client/duty.py with a page's patience. A box goes before a
 * page: it speaks at once where nobody holds the zone, a page only after it has had time to.
 */

/** @typedef {{free: number, overdue: number, nobody: number}} Patience in ms of hall time: nobody holds the zone; its
 *  holder leaves the call alone; nobody who can be heard has spoken it, so one without sound tells */
/** @typedef {{id: string, zone: string | null}} Me this device; zone null: all of them */

/** @type {Patience} as of a box */
export const BOX = { free: 0, overdue: 3000, nobody: 6000 };
/** @type {Patience} each longer than a box's, and what a page speaks it speaks before a mute box gives the call up */
export const PAGE = { free: 2000, overdue: 4500, nobody: 9000 };

/** @param {Me} me @param {string} zone */
export const serves = (me, zone) => me.zone === null || me.zone === zone;

/**
 * @param {{announcer: string | null, waited: number}} zone who sounds there, and how long its first call could have been spoken
 * @param {Me} me @param {boolean} audible @param {Patience} patience
 */
export function mayTry({ announcer, waited }, me, audible, patience) {
  const held = Boolean(me.id) && announcer === me.id;
  const mine = held || announcer === null;
  if (!audible) return mine && waited >= patience.nobody;
  if (held) return true;
  return waited >= (announcer === null ? patience.free : patience.overdue);
}
