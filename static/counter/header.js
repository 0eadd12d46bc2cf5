// @ts-check
import { nameOf, windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { KEYS } from "./action.js";
import { Clock, Connection, LanguageSwitch } from "./shared/bar.js";
import { servedBy } from "./turn.js";

/** "社保医保 · 兼办 公积金" @param {{window: any, lines: Record<string, any>}} props */
export function LineNames({ window, lines }) {
  const names = (/** @type {string[]} */ letters) =>
    letters.map((letter) => nameOf(lines[letter]) || letter).join(t("counter.list"));
  const served = servedBy(window);
  const own = names(served.own) || t("counter.no_lines");
  if (served.helped.length === 0) return html`<span>${own}</span>`;
  return html`<span>${t("counter.lines_and_secondary", { lines: own, secondary: names(served.helped) })}</span>`;
}

/** @param {{window: any}} props */
function Served({ window }) {
  const served = window.served || 0;
  const minutes = served ? (window.handling_s / served / 60).toFixed(1) : null;
  const text = served ? t("counter.served_mean", { n: served, minutes }) : t("counter.served_none");
  return html`<span class="served">${text}</span>`;
}

/** Asks colleagues to come, without a sound. @param {{onAction: (action: string) => void}} props */
function HelpButton({ onAction }) {
  return html`
    <button type="button" class="bar-button" data-action="alarm" aria-keyshortcuts=${KEYS.alarm} onClick=${() => onAction("alarm")}>
      <span>${t("counter.action.alarm")}</span> <kbd>${KEYS.alarm}</kbd></button>`;
}

/**
 * @param {{desk: import("./use-desk.js").Desk, page: import("./use-page.js").Page, news: any, who: any,
 *   onLanguage: () => void}} props
 */
export function Header({ desk, page, news, who, onLanguage }) {
  const { state, window } = desk;
  const seated = window && window.state !== "closed" && window.clerk === who.staff.id;
  const title = window ? windowName(window) : t("counter.title");
  return html`
    <header class="bar on-deep">
      <h1>${title}</h1>
      <div class="bar-lines">${window && state && html`<${LineNames} window=${window} lines=${state.lines} />`}</div>
      <${Connection} meta=${news.meta} />
      ${seated && html`<${Served} window=${window} />`}
      ${window && window.kind === "zero" && html`<a class="bar-button" href="/zero">${t("counter.to_zero")}</a>`}
      <span class="bar-who">${who.staff.name}</span>
      ${seated && html`<${HelpButton} onAction=${page.act} />`}
      <${LanguageSwitch} onLanguage=${onLanguage} />
      <button type="button" class="bar-button" onClick=${page.leave}>${t("staff.sign_out")}</button>
      <${Clock} now=${news.now} zone=${state ? state.hall.timezone : undefined} />
    </header>`;
}
