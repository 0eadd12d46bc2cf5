// @ts-check
import { nameOf, windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { Clock, Connection, LanguageSwitch } from "./shared/bar.js";

/** "社保医保 · 兼办 公积金" @param {{window: any, lines: Record<string, any>}} props */
export function LineNames({ window, lines }) {
  const names = (/** @type {string[]} */ letters) =>
    letters.map((letter) => nameOf(lines[letter]) || letter).join(t("counter.list"));
  const own = names(window.lines);
  if (!window.secondary || window.secondary.length === 0) return html`<span>${own}</span>`;
  return html`<span>${t("counter.lines_and_secondary", { lines: own, secondary: names(window.secondary) })}</span>`;
}

/** @param {{window: any}} props */
function Served({ window }) {
  const served = window.served || 0;
  const minutes = served ? (window.handling_s / served / 60).toFixed(1) : null;
  const text = served ? t("counter.served_mean", { n: served, minutes }) : t("counter.served_none");
  return html`<span class="served">${text}</span>`;
}

/**
 * @param {{desk: import("./use-desk.js").Desk, news: any, who: any, onLanguage: () => void,
 *   onSignOut: () => void}} props
 */
export function Header({ desk, news, who, onLanguage, onSignOut }) {
  const { state, window } = desk;
  const title = window ? windowName(window) : t("counter.title");
  return html`
    <header class="bar on-deep">
      <h1>${title}</h1>
      <div class="bar-lines">${window && state && html`<${LineNames} window=${window} lines=${state.lines} />`}</div>
      <${Connection} meta=${news.meta} />
      ${window && window.state !== "closed" && html`<${Served} window=${window} />`}
      <span class="bar-who">${who.staff.name}</span>
      <${LanguageSwitch} onLanguage=${onLanguage} />
      <button type="button" class="bar-button" onClick=${onSignOut}>${t("staff.sign_out")}</button>
      <${Clock} now=${news.now} zone=${state ? state.hall.timezone : undefined} />
    </header>`;
}
