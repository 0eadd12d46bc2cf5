// @ts-check
import { hallTime, windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";

/** What colleagues wrote, newest first. @param {{notes: any[], state: any}} props */
export function Notes({ notes, state }) {
  return html`
    <section class="notes" aria-label=${t("counter.notes")}>
      <h2>${t("counter.notes")}</h2>
      ${notes.map((note) => html`<${Note} key=${note.id} note=${note} state=${state} />`)}
    </section>`;
}

/** @param {{note: any, state: any}} props */
function Note({ note, state }) {
  const place = note.window ? windowName(state.windows[note.window]) || note.window : "";
  const about = [hallTime(note.at, state.hall.timezone), place, note.by].filter(Boolean);
  return html`
    <article class="note">
      <p>${note.text}</p>
      <p class="soft">${about.join(t("counter.past_join"))}</p>
    </article>`;
}
