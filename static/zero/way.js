// @ts-check
/** The way through the hall after the zero window. */

/** The server plans no longer journeys; coming back is one more. */
export const STOPS_AT_MOST = 7;

/** @typedef {{line: string, window: string}} Stop `window` empty: whoever is free */

/** @param {Stop[]} stops @param {string} line */
export function withStop(stops, line) {
  if (!line || stops.length >= STOPS_AT_MOST || stops.some((stop) => stop.line === line)) return stops;
  return [...stops, { line, window: "" }];
}

/** @param {Stop[]} stops @param {number} at */
export function withoutStop(stops, at) {
  return stops.filter((_, index) => index !== at);
}

/** @param {Stop[]} stops @param {number} at @param {string} window */
export function withWindow(stops, at, window) {
  return stops.map((stop, index) => (index === at ? { ...stop, window } : stop));
}

/** @param {Stop[]} stops @param {boolean} back */
export function wayBody(stops, back) {
  const told = stops.map(({ line, window }) => (window ? { line, window } : { line }));
  const [first, ...then] = told;
  return { ...first, ...(then.length ? { then } : {}), ...(back ? { come_back: true } : {}) };
}

/**
 * Windows where somebody sits and serves the line: a ticket can be kept for no other.
 * @param {Record<string, any>} windows @param {string} line
 */
export function placesFor(windows, line) {
  return Object.values(windows)
    .filter((one) => one.state !== "closed" && [...(one.lines || []), ...(one.secondary || [])].includes(line))
    .sort((a, b) => a.number - b.number);
}
