// @ts-check
/**
 * Finding a service by initials, Chinese, English or code, without asking the server.
 * The same as queue_server/domain/service_search.py; tests/fixtures/service_search.json holds both to it.
 */

/** Nobody types more; the rest is not looked at. Characters. */
const LONGEST = 40;

/** What parts words. Full-width punctuation has become half-width by then. */
const SEPARATORS = /[ \t\r\n,;:、。·()/-]+/;
const DIGIT = /[0-9]/;

/**
 * @typedef {{code: string, line: string, area: string, name: string, name_en: string, initials: string,
 *   popular: number, active: boolean} & Record<string, any>} Service
 * @typedef {{code: string, name: string, nameEn: string, area: string, initials: string, words: string[],
 *   aliases: string[], sounds: string[]}} Entry `aliases`: what people call it; `sounds`: the initials of that
 */

/** Services as the search sees them. A service from the server is never changed: another version is another object.
 *  @type {WeakMap<Service, Entry>} */
const entries = new WeakMap();

/**
 * At most `limit` services that fit, best first; without any text those asked for most.
 * @param {Service[]} services @param {string} text @param {number} [limit]
 * @returns {Service[]}
 */
export function searchServices(services, text, limit = 20) {
  const terms = termsOf(text);
  const found = [];
  for (const service of services) {
    const rank = service.active ? rankOf(entryOf(service), terms) : null;
    if (rank !== null) found.push({ rank, service });
  }
  found.sort((a, b) => a.rank - b.rank || a.service.popular - b.service.popular || byCode(a.service, b.service));
  return found.slice(0, limit).map(({ service }) => service);
}

/** @param {string} text */
export function termsOf(text) {
  return split([...text].slice(0, LONGEST).join(""));
}

/** @param {Service} a @param {Service} b */
function byCode(a, b) {
  if (a.code === b.code) return 0;
  return a.code < b.code ? -1 : 1;
}

/** How well it fits, 0 is best; null when it does not. @param {Entry} entry @param {string[]} terms */
function rankOf(entry, terms) {
  const whole = terms.join("");
  if (!whole || [entry.code, entry.name, entry.nameEn].includes(whole)) return 0;
  if (begins(entry.name, entry.aliases, whole) || (DIGIT.test(whole) && entry.code.startsWith(whole))) return 1;
  if (begins(entry.initials, entry.sounds, whole)) return 2;
  if (terms.every((term) => beginsWord(entry, term))) return 3;
  return terms.every((term) => standsIn(entry, term)) ? 4 : null;
}

/** @param {string} own @param {string[]} others @param {string} text */
function begins(own, others, text) {
  return own.startsWith(text) || others.some((other) => other.startsWith(text));
}

/** @param {Entry} entry @param {string} term */
function beginsWord(entry, term) {
  return entry.words.some((word) => word.startsWith(term));
}

/** @param {Entry} entry @param {string} term */
function standsIn(entry, term) {
  return [entry.name, entry.area, entry.initials, ...entry.aliases].some((text) => text.includes(term)) || beginsWord(entry, term);
}

/** @param {Service} service @returns {Entry} */
function entryOf(service) {
  let entry = entries.get(service);
  if (!entry) {
    const called = service.aliases || [];
    entry = {
      code: squeezed(service.code), name: squeezed(service.name), nameEn: squeezed(service.name_en),
      area: squeezed(service.area), initials: squeezed(service.initials), words: split(service.name_en),
      aliases: called.map((/** @type {any} */ one) => squeezed(one.name)), sounds: called.map((/** @type {any} */ one) => squeezed(one.initials)),
    };
    entries.set(service, entry);
  }
  return entry;
}

/** @param {string} text */
function squeezed(text) {
  return split(text).join("");
}

/** Words without full-width forms and capitals. @param {string} text */
function split(text) {
  return text.normalize("NFKC").toLowerCase().split(SEPARATORS).filter(Boolean);
}
