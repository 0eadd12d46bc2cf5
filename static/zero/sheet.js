// @ts-check
/**
 * What the person came for, and what they brought: the sheet in front of the clerk. Nothing here
 * asks the server, and every change makes another sheet.
 *
 * @typedef {import("../lib/service-search.js").Service} Service
 * @typedef {{code: string, brought: string[]}} Entry one service, and the papers that lie on the table
 * @typedef {{entries: Entry[], note: string, noEntry: boolean}} Sheet
 * @typedef {Record<string, Service>} Known services by code
 */

/** The server takes no more services of one consultation. */
export const SERVICES_AT_MOST = 8;

/** @type {Sheet} */
export const EMPTY_SHEET = Object.freeze({ entries: [], note: "", noEntry: false });

/** @param {Service[]} services @returns {Known} */
export function byCode(services) {
  return Object.fromEntries(services.map((service) => [service.code, service]));
}

/** Another thing the person came for, behind the others; twice the same is once. @param {Sheet} sheet @param {string} code */
export function withService(sheet, code) {
  const known = sheet.entries.some((entry) => entry.code === code);
  if (known || sheet.entries.length >= SERVICES_AT_MOST) return sheet;
  return { ...sheet, entries: [...sheet.entries, { code, brought: [] }] };
}

/** @param {Sheet} sheet @param {string} code */
export function withoutService(sheet, code) {
  return { ...sheet, entries: sheet.entries.filter((entry) => entry.code !== code) };
}

/** A paper was put on the table, or taken off it. @param {Sheet} sheet @param {string} code @param {string} paper */
export function withPaper(sheet, code, paper) {
  const turned = (/** @type {string[]} */ brought) =>
    brought.includes(paper) ? brought.filter((one) => one !== paper) : [...brought, paper];
  const entries = sheet.entries.map((entry) => (entry.code === code ? { ...entry, brought: turned(entry.brought) } : entry));
  return { ...sheet, entries };
}

/** Every paper that is asked for lies there. @param {Sheet} sheet @param {Known} known */
export function withAllPapers(sheet, known) {
  const all = (/** @type {Entry} */ entry) => [...new Set([...entry.brought, ...required(known[entry.code])])];
  return { ...sheet, entries: sheet.entries.map((entry) => ({ ...entry, brought: all(entry) })) };
}

/** @param {Service | undefined} service @returns {string[]} */
function required(service) {
  return service ? service.papers.filter((/** @type {any} */ paper) => paper.required).map((/** @type {any} */ paper) => paper.code) : [];
}

/**
 * Required papers that do not lie there, by service; services that lack nothing are left out.
 * @param {Sheet} sheet @param {Known} known @returns {Record<string, string[]>}
 */
export function missingOf(sheet, known) {
  const lacking = sheet.entries.map((entry) => /** @type {const} */ (
    [entry.code, required(known[entry.code]).filter((paper) => !entry.brought.includes(paper))]));
  return Object.fromEntries(lacking.filter(([, papers]) => papers.length > 0));
}

/** @param {Sheet} sheet @param {Known} known */
export function countMissing(sheet, known) {
  return Object.values(missingOf(sheet, known)).reduce((sum, papers) => sum + papers.length, 0);
}

/**
 * The lines of the services, in the order in which the person came for them; each once.
 * @param {Sheet} sheet @param {Known} known @returns {string[]}
 */
export function linesOf(sheet, known) {
  return [...new Set(sheet.entries.map((entry) => known[entry.code]?.line).filter(Boolean))];
}

/** The department of the first service answers for what cannot be done. @param {Sheet} sheet @param {Known} known */
export function ownerOf(sheet, known) {
  return sheet.entries.map((entry) => known[entry.code]?.owner).find(Boolean) || "";
}

/**
 * The sheet of somebody who comes back: what was missing then is what to look for now.
 * @param {{services?: string[] | null, missing?: Record<string, string[]> | null} | null | undefined} brings
 * @param {Known} known
 * @returns {Sheet}
 */
export function sheetFrom(brings, known) {
  const codes = ((brings && brings.services) || []).filter((code) => known[code]);
  const missing = (brings && brings.missing) || {};
  const entries = codes.map((code) => ({
    code, brought: required(known[code]).filter((paper) => !(missing[code] || required(known[code])).includes(paper)),
  }));
  return { ...EMPTY_SHEET, entries };
}

/**
 * What the server is told. Missing papers belong to a notice only: papers that nobody looked at are
 * not papers that made somebody come twice.
 * @param {string} outcome @param {Sheet} sheet @param {Known} known
 * @param {Record<string, unknown>} [more] line, stops, minutes, owner
 */
export function findings(outcome, sheet, known, more = {}) {
  const services = sheet.entries.map((entry) => entry.code);
  const note = sheet.note.trim();
  return {
    outcome,
    ...(services.length ? { services } : {}),
    ...(outcome === "notice" ? { missing: missingOf(sheet, known) } : {}),
    ...(sheet.noEntry ? { no_entry: true } : {}),
    ...(note ? { note } : {}),
    ...more,
  };
}

/** "A then B": the first line is next, the others follow. @param {string[]} lines */
export function wayOn(lines) {
  const [line, ...rest] = lines;
  return rest.length ? { line, then: rest.map((letter) => ({ line: letter })) } : { line };
}
