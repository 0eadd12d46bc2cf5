// @ts-check
/** A screen inside the page that arranges the screens: it draws the draft instead of the hall's layout. */

/** A call a minute: so long ago were the sample's calls, in ms. */
const APART = 47_000;
const SAMPLE_LETTERS = 8;

export const isPreview = () => new URLSearchParams(location.search).has("preview");

/**
 * @typedef {import("./reduce.js").HallState} HallState
 * @typedef {{layout: Record<string, any> | null, sample: boolean}} Draft
 */

/** @param {() => void} changed @returns {{over: (state: HallState, now: Date) => HallState}} */
export function draftedBy(changed) {
  /** @type {Draft | null} */
  let draft = null;
  const take = (/** @type {MessageEvent} */ message) => {
    if (message.origin !== location.origin || message.source !== window.parent || !message.data.draft) return;
    draft = message.data.draft;
    changed();
  };
  if (isPreview() && window.parent !== window) {
    window.addEventListener("message", take);
    window.parent.postMessage({ ready: true }, location.origin);
  }
  return { over: (state, now) => (draft ? drafted(state, draft, now) : state) };
}

/** @param {HallState} state @param {Draft} draft @param {Date} now @returns {HallState} */
function drafted(state, { layout, sample }, now) {
  const drawn = { ...state, hall: { ...state.hall, layout } };
  return sample && Object.keys(state.windows).length ? sampled(drawn, now) : drawn;
}

/** The hall's own windows with made-up calls, so that a board can be judged at night. @param {HallState} state @param {Date} now */
export function sampled(state, now) {
  const windows = Object.values(state.windows).slice(0, 50);
  const step = Math.max(1, Math.floor(windows.length / SAMPLE_LETTERS));
  const chosen = windows.filter((_, n) => n % step === 0).reverse().slice(0, 12);
  const announcements = chosen.map((window, n) => {
    const line = (window.lines || [])[0] || "A";
    const number = `${n % 4 === 3 ? "V" : ""}${line}${String(18 + 7 * n).padStart(3, "0")}`;
    const at = new Date(now.getTime() - 40_000 - n * APART).toISOString();
    return { seq: 1000 - n, number, line, window: window.code, zone: window.zone, state: "ended", at };
  });
  const tickets = Object.fromEntries([...announcements.map(({ number, line, window }) => ({ number, line, window, state: "called" })),
    ...Object.keys(state.lines).flatMap((line, n) => Array.from({ length: (n * 5) % 13 }, (_, i) => ({ number: `${line}9${10 + i}`, line, state: "waiting" })))]
    .map((ticket) => [ticket.number, ticket]));
  const open = Object.fromEntries(Object.entries(state.windows).map(([code, one]) => [code, { ...one, state: "open" }]));
  return { ...state, day: { ...(state.day || {}), state: "open" }, windows: open, tickets, announcements };
}
