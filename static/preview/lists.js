// @ts-check
/** Lists of a board: its notices and its media. */
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { Amount, Choice, Text } from "./fields.js";

const MOST = { notices: 10, media: 12 };
/** What a new one of each kind has. */
const NEW = {
  image: { kind: "image", file: "", text: "", text_en: "", seconds: 15 },
  video: { kind: "video", file: "", text: "", text_en: "" },
  text: { kind: "text", text: "", text_en: "", seconds: 15 },
};

/** @template T @param {T[]} list @param {number} n @param {T | null} one null takes it away */
const replaced = (list, n, one) => list.flatMap((old, i) => (i !== n ? [old] : one === null ? [] : [one]));

/** @param {{notices: any[], take: (notices: any[]) => void}} props */
export function Notices({ notices, take }) {
  return html`
    <ul class="list">${notices.map((notice, n) => html`
      <li key=${n}>
        <${Text} label=${t("preview.text")} name=${`notice_${n}`} value=${notice.text} longest=${80} take=${(/** @type {any} */ text) => take(replaced(notices, n, { ...notice, text }))} />
        <${Text} label=${t("preview.text_en")} name=${`notice_en_${n}`} value=${notice.text_en} longest=${150} take=${(/** @type {any} */ value) => take(replaced(notices, n, { ...notice, text_en: value }))} />
        <${Remove} remove=${() => take(replaced(notices, n, null))} />
      </li>`)}</ul>
    <button type="button" class="button" data-action="add-notice" disabled=${notices.length >= MOST.notices} onClick=${() => take([...notices, { text: "", text_en: "" }])}>${t("preview.add_notice")}</button>
  `;
}

/** @param {{media: any[], take: (media: any[]) => void}} props */
export function Media({ media, take }) {
  return html`
    <ul class="list">${media.map((one, n) => html`<${Medium} key=${n} one=${one} n=${n} take=${(/** @type {any} */ value) => take(replaced(media, n, value))} />`)}</ul>
    <div class="row">${Object.entries(NEW).map(([kind, one]) => html`
      <button type="button" key=${kind} class="button" disabled=${media.length >= MOST.media} onClick=${() => take([...media, one])}>${t(`preview.add_${kind}`)}</button>`)}</div>
  `;
}

/** @param {{one: any, n: number, take: (one: any) => void}} props */
function Medium({ one, n, take }) {
  const kinds = Object.keys(NEW).map((kind) => [kind, t(`preview.kind_${kind}`)]);
  const become = (/** @type {"image" | "video" | "text"} */ kind) => {
    const known = Object.fromEntries(Object.entries(one).filter(([name]) => name in NEW[kind]));
    take({ ...NEW[kind], ...known, kind });
  };
  return html`
    <li>
      <${Choice} label=${t("preview.kind")} name=${`kind_${n}`} value=${one.kind} options=${kinds} take=${become} />
      ${"file" in one && html`<${Text} label=${t("preview.file")} name=${`file_${n}`} value=${one.file} longest=${66} hint="guide.png" take=${(/** @type {any} */ file) => take({ ...one, file: file.trim() })} />`}
      <${Text} label=${t("preview.text")} name=${`text_${n}`} value=${one.text} longest=${80} take=${(/** @type {any} */ text) => take({ ...one, text })} />
      <${Text} label=${t("preview.text_en")} name=${`text_en_${n}`} value=${one.text_en} longest=${150} take=${(/** @type {any} */ value) => take({ ...one, text_en: value })} />
      ${"seconds" in one && html`<${Amount} label=${t("preview.seconds")} name=${`seconds_${n}`} value=${one.seconds} least=${5} most=${60} step=${5} take=${(/** @type {any} */ seconds) => take({ ...one, seconds })} />`}
      <${Remove} remove=${() => take(null)} />
    </li>
  `;
}

/** @param {{remove: () => void}} props */
const Remove = ({ remove }) => html`<button type="button" class="button" onClick=${remove}>${t("preview.remove")}</button>`;
