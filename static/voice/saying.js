// @ts-check
/**
 * What an announcement says, how often, after which chime and how loud: the same as display_client/saying.py, proved
 * by the table tests/js/voice-cases.json.
 */
import { hallTime } from "../lib/format.js";

/** @typedef {{langs: string[], chime: "long" | "short" | null, gain: number}} Script */

const SPOKEN = ["zh", "en"];
/** With so many others waiting the chime is short. */
const SHORT_CHIME_FROM = 3;

/**
 * How a call is said in a zone while others wait; null in quiet hours.
 * @param {Record<string, any>} zone @param {string | null} lang what the ticket's holder asked for: said first
 * @param {number} waiting @param {string} time "HH:MM" @returns {Script | null}
 */
export function script(zone, lang, waiting, time) {
  const gain = volumeAt(zone, time);
  if (gain <= 0) return null;
  const form = waiting >= SHORT_CHIME_FROM ? "short" : "long";
  return { langs: turns(languages(zone.languages || [], lang), waiting), chime: zone.chime === false ? null : form, gain: Math.min(gain, 1) };
}

/** Idle: the first language twice, the others once. One waiting: each once. More: the first only.
 *  @param {string[]} langs @param {number} waiting */
function turns([first, ...others], waiting) {
  if (waiting === 0) return [first, first, ...others];
  return waiting === 1 ? [first, ...others] : [first];
}

/** @param {string[]} ofZone @param {string | null} asked */
function languages(ofZone, asked) {
  const spoken = [...new Set(asked ? [asked, ...ofZone] : ofZone)].filter((lang) => SPOKEN.includes(lang));
  return spoken.length ? spoken : [SPOKEN[0]];
}

/** 0 in quiet hours; else the latest step that has begun, before the first of the day the last of the day before.
 *  @param {Record<string, any>} zone @param {string} time @returns {number} */
export function volumeAt(zone, time) {
  if ((zone.quiet || []).some(([from, until]) => within(time, from, until))) return 0;
  const steps = [...(zone.volumes || [])].sort(([a], [b]) => (a < b ? -1 : 1));
  if (!steps.length) return 1;
  const begun = steps.filter(([from]) => from <= time);
  return (begun.length ? begun : steps)[(begun.length || steps.length) - 1][1];
}

/** @param {string} time @param {string} from @param {string} until */
function within(time, from, until) {
  return from <= until ? time >= from && time < until : time >= from || time < until;
}

/** "HH:MM" on the clocks of the hall; where it does not say which, the whole country has one time.
 *  @param {Record<string, any>} hall @param {Date} at */
export function timeOfDay(hall, at) {
  try {
    return hallTime(at, hall.timezone);
  } catch {
    return hallTime(at);
  }
}
