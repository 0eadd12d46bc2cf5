// @ts-check
/**
 * @typedef {{key: string, descending: boolean}} Order
 * @typedef {Record<string, any>} Row values by column; null where nothing was measured
 */

/**
 * Rows in order of a column. Nothing measured comes last both ways: it is not a small figure.
 * @param {Row[]} rows
 * @param {Order | null} order null keeps the rows as they come
 * @returns {Row[]}
 */
export function sorted(rows, order) {
  if (!order) return rows;
  const { key, descending } = order;
  return [...rows].sort((a, b) => {
    if (a[key] === null || b[key] === null) return Number(a[key] === null) - Number(b[key] === null);
    return descending ? compare(b[key], a[key]) : compare(a[key], b[key]);
  });
}

/**
 * @param {any} a
 * @param {any} b
 */
function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}

/**
 * What a press on a column's heading asks for: the largest first, then the smallest, then as it was.
 * @param {Order | null} order
 * @param {string} key
 * @returns {Order | null}
 */
export function nextOrder(order, key) {
  if (!order || order.key !== key) return { key, descending: true };
  return order.descending ? { key, descending: false } : null;
}
