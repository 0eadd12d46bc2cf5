// @ts-check
import { useSecond } from "../counter/shared/news-hook.js";
import { minutesBetween } from "../counter/turn.js";
import { nameOf } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { peopleOf } from "./people.js";

/** How many stand in the list at once; the search finds the rest. */
const SHOWN = 12;

/**
 * Those who wait for the zero window; with part of a number, everybody who waits.
 * @param {{state: any, now: () => Date, chosen: string | null, onChoose: (number: string) => void}} props
 */
export function FloorList({ state, now, chosen, onChoose }) {
  useSecond();
  const [text, write] = useState("");
  const people = peopleOf(state, text);
  return html`
    <section class="card people" aria-labelledby="people-title">
      <h2 id="people-title">${t(text.trim() ? "zero.people_found" : "zero.people", { n: people.length })}</h2>
      <div class="field"><label for="person">${t("zero.find_number")}</label>
        <input id="person" maxlength="6" autocomplete="off" value=${text} onInput=${(/** @type {any} */ event) => write(event.target.value)} /></div>
      ${people.length === 0 && html`<p class="soft">${t(text.trim() ? "zero.nobody_found" : "counter.nobody_waits")}</p>`}
      <ul>
        ${people.slice(0, SHOWN).map((ticket) => html`
          <li key=${ticket.number}>
            <button type="button" class="person" data-ticket=${ticket.number} aria-pressed=${chosen === ticket.number} onClick=${() => onChoose(ticket.number)}>
              <b class="number">${ticket.number}</b>
              <span>${state.lines[ticket.line]?.kind === "zero" ? "" : nameOf(state.lines[ticket.line])}${ticket.class === "care" && html` <span class="tag">${t("counter.class.care")}</span>`}</span>
              <small>${t("counter.minutes", { n: minutesBetween(ticket.joined_at, now()) ?? 0 })}</small>
            </button>
          </li>`)}
      </ul>
      ${people.length > SHOWN && html`<p class="soft">${t("counter.more", { n: people.length - SHOWN })}</p>`}
    </section>`;
}
