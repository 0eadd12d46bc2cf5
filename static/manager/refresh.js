// @ts-check
/** The report is dear for the server: it is asked for at most this often, in milliseconds. */
export const REPORT_EVERY_MS = 5000;

/**
 * Whether to ask for the report now: at first, then only when the log has moved since, however many
 * events there were; and again after a failure.
 * @param {object} at
 * @param {number} at.now monotonic milliseconds
 * @param {number | null} at.askedAt
 * @param {number | null} at.reportSeq where the log stood in the report shown
 * @param {number} at.liveSeq where the news stand
 * @param {boolean} at.busy
 * @param {boolean} at.failed
 */
export function reportIsDue({ now, askedAt, reportSeq, liveSeq, busy, failed }) {
  if (busy) return false;
  if (askedAt === null) return true;
  if (now - askedAt < REPORT_EVERY_MS) return false;
  return failed || reportSeq === null || reportSeq !== liveSeq;
}
