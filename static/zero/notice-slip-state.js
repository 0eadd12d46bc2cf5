// @ts-check
/**
 * @typedef {{id: string, state: string, reason: string | null}} Job
 * @typedef {{name: string, window: string | null, alive: boolean}} Printer
 */

/** @param {Job | undefined} job */
export function isOpen(job) {
  return Boolean(job) && ["queued", "printing"].includes(/** @type {Job} */ (job).state);
}

/**
 * What to say of the sheet on the ticket printer, as a key of a sentence; null when there is nothing to say.
 * @param {{printer: Printer | null, jobs: Job[]}} found the newest job first
 */
export function slipSentence({ printer, jobs }) {
  const [job] = jobs;
  const away = printer && !printer.alive;
  if (!job) return away ? "zero.slip.away" : null;
  if (job.state === "queued" && away) return "zero.slip.queued_away";
  return job.state === "failed" ? `zero.slip.failed.${job.reason}` : `zero.slip.${job.state}`;
}

/** Whether it went wrong, so that somebody has to look. @param {Job | undefined} job */
export function isWrong(job) {
  return Boolean(job) && /** @type {Job} */ (job).state === "failed";
}
