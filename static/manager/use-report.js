// @ts-check
import { getJSON } from "../lib/orders.js";
import { useEffect, useRef, useState } from "../lib/ui.js";
import { reportIsDue } from "./refresh.js";

/** How often it is looked at whether the report is due, in milliseconds. */
const LOOK_EVERY_MS = 500;

/**
 * @typedef {{report: any, failed: string | null}} Read `failed` is the code of the last refusal; the
 *   report before it stays.
 */

/**
 * The day's figures, read again as the log moves on.
 * @param {string} hall
 * @param {number} liveSeq
 * @returns {Read}
 */
export function useReport(hall, liveSeq) {
  const [read, show] = useState(/** @type {Read} */ ({ report: null, failed: null }));
  const live = useRef(liveSeq);
  live.current = liveSeq;
  useEffect(() => {
    const reader = createReader(hall, () => live.current, show);
    reader();
    const timer = setInterval(reader, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [hall]);
  return read;
}

/**
 * @param {string} hall
 * @param {() => number} liveSeq
 * @param {(read: Read) => void} show
 */
function createReader(hall, liveSeq, show) {
  const at = { askedAt: /** @type {number | null} */ (null), busy: false };
  /** @type {Read} */
  let read = { report: null, failed: null };
  return async () => {
    const reportSeq = read.report ? read.report.seq : null;
    const failed = read.failed !== null;
    if (!reportIsDue({ ...at, reportSeq, failed, liveSeq: liveSeq(), now: performance.now() })) return;
    Object.assign(at, { askedAt: performance.now(), busy: true });
    const { status, body } = await getJSON(`/api/halls/${encodeURIComponent(hall)}/report`);
    at.busy = false;
    read = status === 200 ? { report: body, failed: null } : { report: read.report, failed: body.error };
    show(read);
  };
}
