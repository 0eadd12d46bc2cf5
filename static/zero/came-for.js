// @ts-check
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { ServiceCard } from "./service-card.js";
import { countMissing, withAllPapers, withPaper, withoutService } from "./sheet.js";

/** The server takes no longer note. */
const NOTE_LENGTH = 300;

/**
 * What the person came for, in order, with the papers that lie on the table.
 * @param {{consulting: import("./use-consulting.js").Consulting, known: import("./sheet.js").Known}} props
 */
export function CameFor({ consulting, known }) {
  const { sheet, change } = consulting;
  const missing = countMissing(sheet, known);
  return html`
    <section class="card came-for" aria-labelledby="came-title">
      <h2 id="came-title"><span>${t("zero.came_for")}</span>
        ${sheet.entries.length > 0 && html`<span class="papers-count" data-missing=${missing > 0} role="status">
          ${missing > 0 ? t("zero.papers_missing", { n: missing }) : t("zero.papers_complete")}</span>`}</h2>
      ${sheet.entries.length === 0 && html`<p class="soft came-empty">${t("zero.came_for_nothing")}</p>`}
      <ol class="services">
        ${sheet.entries.filter(({ code }) => known[code]).map((entry, index) => html`
          <${ServiceCard} key=${entry.code} service=${known[entry.code]} place=${index + 1} brought=${entry.brought}
            onPaper=${(/** @type {string} */ paper) => change(withPaper(sheet, entry.code, paper))}
            onRemove=${() => change(withoutService(sheet, entry.code))} />`)}
      </ol>
      ${sheet.entries.length > 0 && html`
        <button type="button" class="button small" aria-keyshortcuts="A" onClick=${() => change(withAllPapers(sheet, known))}>
          ${t("zero.all_papers")} <kbd>A</kbd></button>`}
      <${Extras} sheet=${sheet} change=${change} />
    </section>`;
}

/** A note for the next clerk, and the mark that the catalogue had no answer. @param {{sheet: any, change: (sheet: any) => void}} props */
function Extras({ sheet, change }) {
  return html`
    <div class="extras">
      <div class="field">
        <label for="zero-note">${t("zero.note")}</label>
        <textarea id="zero-note" rows="1" maxlength=${NOTE_LENGTH} value=${sheet.note} aria-describedby="zero-note-hint"
          onInput=${(/** @type {any} */ event) => change({ ...sheet, note: event.target.value })}></textarea>
        <p class="soft small-text" id="zero-note-hint">${t("counter.note_hint")}</p>
      </div>
      <label class="check"><input type="checkbox" checked=${sheet.noEntry} aria-keyshortcuts="N"
        onChange=${() => change({ ...sheet, noEntry: !sheet.noEntry })} />
        <span>${t("zero.no_entry")}</span><kbd>N</kbd></label>
    </div>`;
}
