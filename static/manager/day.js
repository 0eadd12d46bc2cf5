// @ts-check
import { refusalText, t } from "../lib/i18n.js";
import { order } from "../lib/orders.js";
import { html, useState } from "../lib/ui.js";
import { Confirm } from "../counter/shared/dialog.js";
import { may } from "./roles.js";

/**
 * @typedef {object} Doing
 * @property {null | "close" | "force"} asking
 * @property {number} count people at windows
 * @property {string} said
 * @property {boolean} busy
 */

/** @type {Doing} */
const AT_REST = { asking: null, count: 0, said: "", busy: false };

/**
 * The business day: a stored thing, opened and closed on purpose.
 * @param {{hall: string, day: {date: string, state: string} | null, role: string}} props
 */
export function Day({ hall, day, role }) {
  const [doing, set] = useState(AT_REST);
  const root = `/api/halls/${encodeURIComponent(hall)}/days`;
  const openDay = async () => set({ ...AT_REST, ...(await ask(set, root, {})) });
  const closeDay = async (/** @type {boolean} */ force) => {
    const result = await ask(set, `${root}/current/closing`, force ? { force: true } : {});
    set({ ...AT_REST, ...result });
  };
  const state = day ? day.state : "none";
  return html`
    <section class="card day" aria-labelledby="day-title" data-state=${state}>
      <h2 id="day-title"><span>${t("manager.day")}</span><span class="soft">${day ? day.date : ""}</span></h2>
      <p class="day-state">${t(`manager.day_state.${state}`)}</p>
      ${may(role, "day") && html`<${DayButton} open=${state === "open" || state === "closing"} busy=${doing.busy}
        onOpen=${openDay} onClose=${() => set({ ...AT_REST, asking: "close" })} />`}
      <p class="said" role="status">${doing.said}</p>
      <${Question} doing=${doing} onYes=${closeDay} onClose=${() => set(AT_REST)} />
    </section>`;
}

/** @param {{open: boolean, busy: boolean, onOpen: () => void, onClose: () => void}} props */
function DayButton({ open, busy, onOpen, onClose }) {
  return open
    ? html`<button type="button" class="button" data-action="close-day" disabled=${busy} onClick=${onClose}>
        ${t("manager.close_day")}</button>`
    : html`<button type="button" class="button primary" data-action="open-day" disabled=${busy} onClick=${onOpen}>
        ${t("manager.open_day")}</button>`;
}

/** @param {{doing: Doing, onYes: (force: boolean) => void, onClose: () => void}} props */
function Question({ doing, onYes, onClose }) {
  if (!doing.asking) return null;
  const force = doing.asking === "force";
  const text = force ? t("manager.close_force_text", { n: doing.count }) : t("manager.close_text");
  const yes = force ? t("manager.close_force") : t("manager.close_day");
  return html`<${Confirm} key=${doing.asking} title=${t("manager.close_title")} text=${text} yes=${yes}
    onYes=${() => onYes(force)} onClose=${onClose} />`;
}

/**
 * @param {(doing: Doing) => void} set
 * @param {string} path
 * @param {Record<string, unknown>} body
 * @returns {Promise<Partial<Doing>>}
 */
async function ask(set, path, body) {
  const tell = (/** @type {boolean} */ doubt) =>
    set({ ...AT_REST, busy: true, said: t(doubt ? "manager.unconfirmed" : "manager.sending") });
  tell(false);
  const { status, body: answer } = await order("POST", path, body, { onUnconfirmed: tell });
  if (status >= 200 && status < 300) return { said: t("manager.done") };
  if (answer.error === "tickets_in_service") return { asking: "force", count: (answer.facts || {}).count };
  return { said: refusalText(answer) };
}
