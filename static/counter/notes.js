// @ts-check
import { hallTime, windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { getJSON } from "../lib/orders.js";
import { html, useEffect, useState } from "../lib/ui.js";

/** @typedef {{notes: any[] | null, failed: boolean}} Loaded */

/**
 * The notes of a ticket, newest first. They are personal: read for this ticket only, kept nowhere.
 * @param {{hall: string, ticket: import("./types.js").Ticket, state: any}} props
 */
export function Notes({ hall, ticket, state }) {
  const [loaded, show] = useState(/** @type {Loaded} */ ({ notes: null, failed: false }));
  const [tries, again] = useState(0);
  useEffect(() => {
    show({ notes: null, failed: false });
    if (!ticket.notes) return undefined;
    let wanted = true; // an answer for the ticket before must not appear under this one
    read(hall, ticket.id).then((result) => wanted && show(result));
    return () => { wanted = false; };
  }, [hall, ticket.id, ticket.notes, tries]);
  if (!ticket.notes) return null;
  return html`
    <section class="notes" aria-label=${t("counter.notes")}>
      <h2>${t("counter.notes")}</h2>
      ${loaded.failed && html`<p>${t("counter.notes_failed")} ${" "}
        <button type="button" class="link" onClick=${() => again(tries + 1)}>${t("staff.try_again")}</button></p>`}
      ${!loaded.failed && !loaded.notes && html`<p class="soft">${t("staff.loading")}</p>`}
      ${(loaded.notes || []).map((/** @type {any} */ note) => html`<${Note} key=${note.id} note=${note} state=${state} />`)}
    </section>`;
}

/** @param {{note: any, state: any}} props */
function Note({ note, state }) {
  const place = note.window ? windowName(state.windows[note.window]) || note.window : "";
  return html`
    <article class="note">
      <p>${note.text}</p>
      <p class="soft">${hallTime(note.at, state.hall.timezone)} ${" "} ${place}</p>
    </article>`;
}

/**
 * @param {string} hall
 * @param {string} id
 * @returns {Promise<Loaded>}
 */
async function read(hall, id) {
  const path = `/api/halls/${encodeURIComponent(hall)}/tickets/${encodeURIComponent(id)}/notes`;
  const { status, body } = await getJSON(path);
  if (status !== 200) return { notes: null, failed: true };
  return { notes: [...body.notes].sort((a, b) => b.at.localeCompare(a.at)), failed: false };
}
