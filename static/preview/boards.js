// @ts-check
/** Which board is being arranged: one for each place where the way to the windows is another. */
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";

const NAME = /^[a-z0-9-]{1,16}$/;
const MOST = 12;

/** @param {{draft: any, set: (draft: any) => void, name: string, choose: (name: string) => void}} props */
export function Boards({ draft, set, name, choose }) {
  const [wanted, want] = useState("");
  const names = Object.keys(draft.boards);
  const free = NAME.test(wanted) && !names.includes(wanted) && names.length < MOST;
  const add = () => {
    set({ ...draft, boards: { ...draft.boards, [wanted]: draft.boards[name] } });
    choose(wanted);
    want("");
  };
  const remove = () => {
    const { [name]: gone, ...boards } = draft.boards;
    if (gone) set({ ...draft, boards });
    choose("main");
  };
  return html`
    <fieldset class="part"><legend>${t("preview.board")}</legend>
      <div class="row">
        <select class="choice" aria-label=${t("preview.board")} value=${name} onChange=${(/** @type {any} */ event) => choose(event.target.value)}>
          ${names.map((one) => html`<option key=${one} value=${one} selected=${one === name}>${one}</option>`)}
        </select>
        <button type="button" class="button" disabled=${name === "main"} onClick=${remove}>${t("preview.remove_board")}</button>
      </div>
      <div class="row">
        <input class="choice" aria-label=${t("preview.new_board")} placeholder=${t("preview.new_board")} value=${wanted} maxlength="16"
          onInput=${(/** @type {any} */ event) => want(event.target.value)} />
        <button type="button" class="button" disabled=${!free} onClick=${add}>${t("preview.add_board")}</button>
      </div>
      <p class="soft">${t("preview.address")} <code>/board${name === "main" ? "" : `?board=${name}`}</code></p>
    </fieldset>
  `;
}
