// @ts-check
/** Where a manager arranges the hall's screens: the draft on the left, the screen that it makes on the right. */
import { t } from "../lib/i18n.js";
import { html, useEffect, useState } from "../lib/ui.js";
import { SaidLine } from "../manager/said.js";
import { BoardForm } from "./board-form.js";
import { Boards } from "./boards.js";
import { Screen } from "./screen.js";
import { exported, imported, useLayout } from "./use-layout.js";

/** @param {{who: any}} props */
export function App({ who }) {
  useEffect(() => { document.title = t("preview.title"); });
  if (who.staff.role !== "manager") return html`<main class="not-yours"><h1>${t("preview.title")}</h1><p class="notice">${t("preview.not_yours")}</p></main>`;
  return html`<${Editor} hall=${who.hall} />`;
}

/** @param {{hall: string}} props */
function Editor({ hall }) {
  const layout = useLayout(hall);
  const [name, choose] = useState("main");
  const { draft, set, state } = layout;
  if (!draft || !state) return html`<main class="not-yours"><h1>${t("preview.title")}</h1><${SaidLine} said=${layout.orders.said} /></main>`;
  const board = draft.boards[name] ? name : "main";
  const change = (/** @type {Record<string, any>} */ part) =>
    set({ ...draft, boards: { ...draft.boards, [board]: { ...draft.boards[board], ...part } } });
  return html`
    <main class="preview">
      <section class="editor" aria-label=${t("preview.title")}>
        <header class="editor-head"><h1>${t("preview.title")}</h1><a href="/manager">${t("preview.back")}</a></header>
        <p class="soft">${t("preview.intro")}</p>
        <${Boards} draft=${draft} set=${set} name=${board} choose=${choose} />
        <${BoardForm} key=${board} board=${draft.boards[board]} state=${state} change=${change} />
        <${HallForm} draft=${draft} set=${set} />
        <${Save} layout=${layout} />
      </section>
      <${Screen} draft=${draft} name=${board} state=${state} />
    </main>
  `;
}

/** What holds for every screen of the hall. @param {{draft: any, set: (draft: any) => void}} props */
function HallForm({ draft, set }) {
  return html`
    <fieldset class="part"><legend>${t("preview.hall")}</legend>
      <label class="tick"><input type="checkbox" name="clerk" checked=${draft.clerk === "name"}
        onChange=${() => set({ ...draft, clerk: draft.clerk === "name" ? "hidden" : "name" })} />
        <span>${t("preview.clerk")}</span></label>
      <p class="soft">${t("preview.clerk_says")}</p>
    </fieldset>
  `;
}

/** @param {{layout: ReturnType<typeof useLayout>}} props */
function Save({ layout }) {
  const { draft, set, save, orders, changed } = layout;
  const take = async (/** @type {any} */ event) => {
    const [file] = event.target.files;
    const read = file && (await imported(file));
    event.target.value = "";
    if (read) set(read);
    orders.say(read ? t("preview.imported") : t("preview.not_a_layout"), read ? "soft" : "bad");
  };
  return html`
    <footer class="save">
      <button type="button" class="button primary" data-action="save-layout" disabled=${!changed || orders.busy} onClick=${save}>${t("preview.save")}</button>
      <button type="button" class="button" onClick=${() => exported(draft)}>${t("preview.export")}</button>
      <label class="button">${t("preview.import")}<input type="file" class="visually-hidden" accept="application/json,.json" onChange=${take} /></label>
      <${SaidLine} said=${orders.said} />
    </footer>
  `;
}
