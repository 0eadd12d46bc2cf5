// @ts-check
/** Times, durations and names as people in the hall read them. */
import { language, t } from "./i18n.js";

const FALLBACK_ZONE = "Asia/Shanghai";
/** Making a formatter is slow, and a board makes thousands of strings a day. */
const formatters = new Map();

/** @param {string} lang @param {string} [zone] @param {Intl.DateTimeFormatOptions} options */
function formatter(lang, zone, options) {
  const name = [lang, zone, ...Object.entries(options).flat()].join();
  if (!formatters.has(name)) {
    formatters.set(name, new Intl.DateTimeFormat(lang, { timeZone: zone || FALLBACK_ZONE, ...options }));
  }
  return formatters.get(name);
}

/** @param {Date | string} at */
const asDate = (at) => (at instanceof Date ? at : new Date(at));

/** "10:24" @param {Date | string} at @param {string} [zone] */
export function hallTime(at, zone) {
  return formatter("en-GB", zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(asDate(at));
}

/** "10:24:05" @param {Date | string} at @param {string} [zone] */
export function hallTimeWithSeconds(at, zone) {
  const options = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };
  return formatter("en-GB", zone, /** @type {any} */ (options)).format(asDate(at));
}

/** "11月23日 星期一", "Monday 23 November" @param {Date | string} at @param {string} [zone] @param {string} [lang] */
export function hallDate(at, zone, lang = language()) {
  const part = (/** @type {Intl.DateTimeFormatOptions} */ options) =>
    formatter(lang === "en" ? "en-GB" : lang, zone, options).format(asDate(at));
  const date = part({ month: "long", day: "numeric" });
  return lang === "en" ? `${part({ weekday: "long" })} ${date}` : `${date} ${part({ weekday: "long" })}`;
}

/** The hall's calendar day, "2026-11-23". @param {Date | string} at @param {string} [zone] */
export function hallDay(at, zone) {
  return formatter("sv-SE", zone, { year: "numeric", month: "2-digit", day: "2-digit" }).format(asDate(at));
}

/** "Mon", for comparing. @param {Date} at @param {string} [zone] */
export function shortWeekday(at, zone) {
  return formatter("en-US", zone, { weekday: "short" }).format(at);
}

/** Whole minutes since the moment, never below zero. @param {string} from @param {Date} now */
export function minutesSince(from, now) {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(from)) / 60_000));
}

/** "40秒", "8分钟", "1小时5分钟"; a dash for no value. @param {number | null | undefined} seconds */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) return t("time.none");
  if (seconds < 60) return t("time.seconds", { n: Math.round(seconds) });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return t("time.minutes", { n: minutes });
  const facts = { h: Math.floor(minutes / 60), n: minutes % 60 };
  return facts.n ? t("time.hours_minutes", facts) : t("time.hours", facts);
}

/** "3:05", for a running count. @param {number} seconds */
export function stopwatch(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/**
 * "3号窗口", "零号窗2号台". A window that the news do not know is called by its code.
 * @param {{kind?: string, number?: number | string, code?: string} | null | undefined} window
 * @param {import("./i18n.js").Translate} [translate]
 */
export function windowName(window, translate = t) {
  if (!window) return "";
  const number = window.number === undefined ? window.code : window.number;
  return translate(window.kind === "zero" ? "window.zero" : "window.specialist", { number });
}

/** A line's, or the hall's, name. @param {{name?: string, name_en?: string} | undefined} thing @param {string} [lang] */
export function nameOf(thing, lang = language()) {
  if (!thing) return "";
  return (lang === "en" && thing.name_en) || thing.name || "";
}
