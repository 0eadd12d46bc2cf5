// @ts-check
import { nameOf } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { moveAll } from "./move-all.js";

/**
 * Those who wait go on waiting in another line, with their turn.
 * @param {{line: any, others: any[], waiting: number, orders: import("./use-orders.js").Orders}} props
 */
export function MoveLine({ line, others, waiting, orders }) {
  const [to, choose] = useState("");
  const [progress, show] = useState(/** @type {{moved: number, left: number} | null} */ (null));
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!to || progress) return;
    show({ moved: 0, left: waiting });
    const result = await moveAll(() => orders.send("POST", `/lines/${line.letter}/moves`, { to }), (moved, left) => show({ moved, left }));
    show(null);
    if (result.whole) orders.say(t("manager.moved", { n: result.moved }), "good");
  };
  return html`
    <form class="inline-form" onSubmit=${submit}>
      <h3>${t("manager.move_title", { n: waiting })}</h3>
      <select aria-label=${t("manager.move_to")} value=${to} onChange=${(/** @type {any} */ event) => choose(event.target.value)}>
        <option value="">${t("manager.move_to")}</option>
        ${others.map((one) => html`<option key=${one.letter} value=${one.letter}>${one.letter} ${nameOf(one)}</option>`)}
      </select>
      <button type="submit" class="button" data-action="move-line" disabled=${!to || waiting === 0 || orders.busy || progress !== null}>
        ${t("manager.move")}</button>
      ${progress && html`
        <progress max=${progress.moved + progress.left} value=${progress.moved} aria-label=${t("manager.move")}></progress>
        <span>${t("manager.moving", progress)}</span>`}
    </form>`;
}
