// @ts-check
import { hallTime, hallTimeWithSeconds } from "../../lib/format.js";
import { language, t } from "../../lib/i18n.js";
import { order } from "../../lib/orders.js";
import { html } from "../../lib/ui.js";
import { useSecond } from "./news-hook.js";
import { signIn } from "./start.js";

/** @typedef {import("./news-hook.js").News} News */

/** The hall's time. @param {{now: () => Date, zone?: string, seconds?: boolean}} props */
export function Clock({ now, zone, seconds }) {
  useSecond();
  const text = seconds ? hallTimeWithSeconds(now(), zone) : hallTime(now(), zone);
  return html`<time class="clock">${text}</time>`;
}

/**
 * What the connection is like: the word changes with the dot, for who cannot tell colours apart.
 * @param {{meta: News["meta"]}} props
 */
export function Connection({ meta }) {
  const name = !meta || !meta.synced ? "connecting" : meta.stale ? "stale" : meta.polling ? "polling" : "connected";
  return html`<span class="connection" data-state=${name} role="status">
    <i class="dot" aria-hidden="true"></i><span>${t(`staff.connection.${name}`)}</span></span>`;
}

/** @param {{onLanguage: () => void}} props */
export function LanguageSwitch({ onLanguage }) {
  const other = language() === "en" ? "zh-CN" : "en";
  return html`<button type="button" class="bar-button" lang=${other} onClick=${onLanguage}>
    ${other === "en" ? "English" : "中文"}</button>`;
}

/**
 * Sign out and go to the sign-in page; a server that is gone is said in place.
 * @param {string} path
 * @returns {Promise<string | null>} the code of a refusal
 */
export async function signOut(path) {
  const { status, body } = await order("DELETE", "/api/session");
  if (status >= 300 && status !== 401) return body.error;
  if (status === 0) return "unconfirmed";
  signIn(path);
  return null;
}
