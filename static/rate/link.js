// @ts-check
/**
 * The order that a rating link stands for: `/rate/<hall>/<ticket>/<mark>`.
 * @param {string} pathname
 * @returns {string}
 */
export function ratingPath(pathname) {
  const [, , hall = "", ticket = "", mark = ""] = pathname.split("/");
  return `/api/halls/${hall}/ratings/${ticket}/${mark}`;
}
