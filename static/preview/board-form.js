// @ts-check
/** What one board looks like. */
import { nameOf } from "../lib/format.js";
import { linesInOrder } from "../lib/hall.js";
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { Amount, Choice, Some, Text, Tick } from "./fields.js";
import { Media, Notices } from "./lists.js";
import { Places } from "./places.js";

/** @typedef {{board: any, state: any, change: (part: Record<string, any>) => void}} Props */

/** @param {Props} props */
export function BoardForm({ board, state, change }) {
  return html`
    <${Look} board=${board} change=${change} />
    <${Whose} board=${board} state=${state} change=${change} />
    <fieldset class="part"><legend>${t("preview.notices")}</legend>
      <${Notices} notices=${board.notices} take=${(/** @type {any} */ notices) => change({ notices })} />
      <${Tick} label=${t("preview.house_notices")} name="house_notices" value=${board.house_notices} take=${(/** @type {any} */ house_notices) => change({ house_notices })} />
    </fieldset>
    <fieldset class="part"><legend>${t("preview.media")}</legend>
      <p class="soft">${t("preview.media_says")}</p>
      <${Media} media=${board.media} take=${(/** @type {any} */ media) => change({ media })} />
    </fieldset>
    <${Code} qr=${board.qr} take=${(/** @type {any} */ qr) => change({ qr })} />
    <fieldset class="part"><legend>${t("preview.places")}</legend>
      <p class="soft">${t("preview.places_says")}</p>
      <${Places} places=${board.places} state=${state} take=${(/** @type {any} */ places) => change({ places })} />
    </fieldset>
  `;
}

/** @param {Pick<Props, "board" | "change">} props */
function Look({ board, change }) {
  const themes = ["deep", "light", "contrast"].map((one) => [one, t(`preview.theme_${one}`)]);
  const second = [[null, t("preview.second_none")], ["en", "English"], ["zh-CN", "中文"]];
  return html`
    <fieldset class="part"><legend>${t("preview.look")}</legend>
      <${Choice} label=${t("preview.theme")} name="theme" value=${board.theme} options=${themes} take=${(/** @type {any} */ theme) => change({ theme })} />
      <${Choice} label=${t("preview.second")} name="second" value=${board.second} options=${second} take=${(/** @type {any} */ value) => change({ second: value })} />
      <${Amount} label=${t("preview.scale")} name="scale" value=${board.scale} least=${85} most=${115} step=${5} unit="%" take=${(/** @type {any} */ scale) => change({ scale })} />
      <${Amount} label=${t("preview.listed")} name="listed" value=${board.listed} least=${4} most=${12} take=${(/** @type {any} */ listed) => change({ listed })} />
      <${Choice} label=${t("preview.columns")} name="columns" value=${board.columns} options=${[[1, "1"], [2, "2"]]} take=${(/** @type {any} */ columns) => change({ columns })} />
      <${Tick} label=${t("preview.waiting")} name="waiting" value=${board.waiting} take=${(/** @type {any} */ waiting) => change({ waiting })} />
      <${Tick} label=${t("preview.promise")} name="promise" value=${board.promise} take=${(/** @type {any} */ promise) => change({ promise })} />
    </fieldset>
  `;
}

/** @param {Props} props */
function Whose({ board, state, change }) {
  const zones = Object.values(state.zones || {}).map((/** @type {any} */ zone) => [zone.code, nameOf(zone)]);
  const lines = linesInOrder(state).map((line) => [line.letter, `${line.letter} ${nameOf(line)}`]);
  return html`
    <fieldset class="part"><legend>${t("preview.whose")}</legend>
      ${zones.length > 1 && html`<${Some} label=${t("preview.zones")} options=${zones} value=${board.zones} take=${(/** @type {any} */ value) => change({ zones: value })} />`}
      <${Some} label=${t("preview.lines")} options=${lines} value=${board.lines} take=${(/** @type {any} */ value) => change({ lines: value })} />
    </fieldset>
  `;
}

/** @param {{qr: any, take: (qr: any) => void}} props */
function Code({ qr, take }) {
  const now = qr || { url: "", text: "", text_en: "" };
  // Without an address there is no code.
  const change = (/** @type {any} */ part) => take({ ...now, ...part }.url ? { ...now, ...part } : null);
  return html`
    <fieldset class="part"><legend>${t("preview.code")}</legend>
      <${Text} label=${t("preview.code_url")} name="qr" value=${now.url} longest=${200} hint="https://" take=${(/** @type {any} */ url) => change({ url: url.trim() })} />
      ${qr && html`
        <${Text} label=${t("preview.text")} name="qr_text" value=${now.text} longest=${20} hint=${t("preview.code_text")} take=${(/** @type {any} */ text) => change({ text })} />
        <${Text} label=${t("preview.text_en")} name="qr_text_en" value=${now.text_en} longest=${40} take=${(/** @type {any} */ value) => change({ text_en: value })} />`}
    </fieldset>
  `;
}
