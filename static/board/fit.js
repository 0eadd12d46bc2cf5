// @ts-check
/** How large a text may be so that it fits its room: names differ from "3号窗口" to "Zero window, desk 12". */

/** Width of a bold character as a share of the text's size: Chinese ones are square. */
const WIDE = 1;
const NARROW = { broad: 0.95, capital: 0.7, digit: 0.61, small: 0.64, thin: 0.34 };

/** How wide a text is, in its own size. @param {string} text */
export function breadthOf(text) {
  return [...text].reduce((sum, one) => sum + widthOf(one), 0);
}

/** @param {string} one */
function widthOf(one) {
  if (one >= "\u2e80") return WIDE;
  if (/[ .,:;·!|'’ilIj]/.test(one)) return NARROW.thin;
  if (/[0-9]/.test(one)) return NARROW.digit;
  if (/[MWmw@—]/.test(one)) return NARROW.broad;
  return /[A-Z]/.test(one) ? NARROW.capital : NARROW.small;
}

/** @param {number} rem */
export const sized = (rem) => `${Math.round(rem * 100) / 100}rem`;

/** The size at which the text fills at most `room`, and at most `largest`; all in rem.
 *  @param {string} text @param {number} room @param {number} largest */
export function fitted(text, room, largest) {
  return sized(Math.min(largest, room / Math.max(1, breadthOf(text))));
}

/** The screen in rem: one rem is 16 px where the short side has 1080 (board.css). */
export function screenInRem() {
  const rem = Math.max(6, Math.min(innerWidth, innerHeight) * 0.014815);
  return { width: innerWidth / rem, height: innerHeight / rem, portrait: innerHeight > innerWidth };
}
