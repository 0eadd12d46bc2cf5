// @ts-check
import { t } from "../lib/i18n.js";
import { getJSON } from "../lib/orders.js";
import { html, useEffect, useState } from "../lib/ui.js";
import { History } from "./history.js";
import { Notes } from "./notes.js";

/** @typedef {{past: {stays: any[], notes: any[]} | null, failed: boolean}} Loaded */

/**
 * What happened to this ticket before, and what colleagues wrote: one reading, where there is anything to read.
 * It is personal: read for this ticket only, kept nowhere.
 * @param {{hall: string, ticket: import("./types.js").Ticket, state: any}} props
 */
export function Past({ hall, ticket, state }) {
  const [loaded, show] = useState(/** @type {Loaded} */ ({ past: null, failed: false }));
  const [tries, again] = useState(0);
  const any = ticket.notes > 0 || ticket.visit > 1;
  useEffect(() => {
    show({ past: null, failed: false });
    if (!any) return undefined;
    let wanted = true; // an answer for the ticket before must not appear under this one
    read(hall, ticket.id).then((result) => wanted && show(result));
    return () => { wanted = false; };
  }, [hall, ticket.id, ticket.visit, ticket.notes, tries]);
  if (!any) return null;
  const { past, failed } = loaded;
  return html`
    <section class="past" tabindex="0" aria-label=${t("counter.past")}>
      ${failed && html`<p>${t("counter.past_failed")} ${" "}
        <button type="button" class="link" onClick=${() => again(tries + 1)}>${t("staff.try_again")}</button></p>`}
      ${!failed && !past && html`<p class="soft">${t("staff.loading")}</p>`}
      ${past && past.notes.length > 0 && html`<${Notes} notes=${past.notes} state=${state} />`}
      ${past && past.stays.length > 0 && html`<${History} stays=${past.stays} state=${state} />`}
    </section>`;
}

/**
 * @param {string} hall
 * @param {string} id
 * @returns {Promise<Loaded>}
 */
async function read(hall, id) {
  const path = `/api/halls/${encodeURIComponent(hall)}/tickets/${encodeURIComponent(id)}/history`;
  const { status, body } = await getJSON(path);
  return status === 200 ? { past: body, failed: false } : { past: null, failed: true };
}
