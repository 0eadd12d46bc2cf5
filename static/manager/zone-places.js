// @ts-check
import { byPlace } from "../counter/shared/place.js";
import { Dialog } from "../counter/shared/dialog.js";
import { nameOf, windowName } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { SaidLine } from "./said.js";
import { useOrders } from "./use-orders.js";
import { DIRECTIONS, placeOf, placeTold } from "./voice-words.js";

/**
 * New zones, and what stands in which: windows with the way to them, and screens.
 * @param {{hall: string, zones: Record<string, any>, windows: Record<string, any>, devices: any[], onClose: () => void}} props
 */
export function ZonePlaces({ hall, zones, windows, devices, onClose }) {
  return html`
    <${Dialog} title=${t("manager.voice.places")} onClose=${onClose} wide=${true}>
      <${NewZone} hall=${hall} />
      <${PlaceWindow} hall=${hall} zones=${zones} windows=${windows} />
      ${devices.length > 0 && html`<${PlaceScreen} hall=${hall} zones=${zones} devices=${devices} />`}
      <div class="dialog-buttons"><button type="button" class="button" onClick=${onClose}>${t("manager.close")}</button></div>
    <//>`;
}

/** A form with its heading, its own orders and its button.
 *  @param {{name: string, fields: any, busy: boolean, said: any, onSave: () => void}} props */
function Form({ name, fields, busy, said, onSave }) {
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    onSave();
  };
  return html`
    <form class="voice-form" data-form=${name} onSubmit=${submit}>
      <h3>${t(`manager.voice.${name}`)}</h3>
      ${fields}
      <${SaidLine} said=${said} />
      <div class="dialog-buttons"><button type="submit" class="button primary" data-action=${name} disabled=${busy}>${t("manager.save")}</button></div>
    </form>`;
}

/** @param {{name: string, value: string, onSet: (change: any) => void, more?: any}} props */
function Text({ name, value, onSet, more = {} }) {
  return html`
    <label><span>${t(`manager.voice.${name}`)}</span>
      <input name=${name} value=${value} autocomplete="off" ...${more} onInput=${(/** @type {any} */ event) => onSet({ [name]: event.target.value })} /></label>`;
}

/** @param {{name: string, value: string, onSet: (change: any) => void, options: [string, string][]}} props */
function Choice({ name, value, onSet, options }) {
  return html`
    <label><span>${t(`manager.voice.${name}`)}</span>
      <select name=${name} value=${value} onChange=${(/** @type {any} */ event) => onSet({ [name]: event.target.value })}>
        ${options.map(([code, text]) => html`<option key=${code} value=${code}>${text}</option>`)}
      </select></label>`;
}

/** @param {Record<string, any>} zones @returns {[string, string][]} */
const choices = (zones) => Object.values(zones).map((zone) => [zone.code, nameOf(zone) || zone.code]);

const NO_ZONE = { code: "", name: "", name_en: "" };

/** @param {{hall: string}} props */
function NewZone({ hall }) {
  const orders = useOrders(hall);
  const [form, set] = useState(NO_ZONE);
  const change = (/** @type {any} */ part) => set({ ...form, ...part });
  const save = async () => {
    const { code, name, name_en } = form;
    const made = await orders.send("PUT", `/zones/${encodeURIComponent(code)}`, { name, name_en });
    if (made) set(NO_ZONE);
  };
  const fields = html`
    <${Text} name="code" value=${form.code} onSet=${change} more=${{ required: true, pattern: "[a-z0-9\\-]{1,16}", title: t("manager.voice.code_hint") }} />
    <${Text} name="name" value=${form.name} onSet=${change} more=${{ required: true, maxlength: 40 }} />
    <${Text} name="name_en" value=${form.name_en} onSet=${change} more=${{ required: true, maxlength: 60 }} />`;
  return html`<${Form} name="new_zone" fields=${fields} busy=${orders.busy} said=${orders.said} onSave=${save} />`;
}

/** @param {{hall: string, zones: Record<string, any>, windows: Record<string, any>}} props */
function PlaceWindow({ hall, zones, windows }) {
  const orders = useOrders(hall);
  const all = Object.values(windows).sort(byPlace);
  const [form, set] = useState(() => placeOf(all[0]));
  const change = (/** @type {any} */ part) => set(part.window ? placeOf(windows[part.window]) : { ...form, ...part });
  const save = () => orders.send("PUT", `/windows/${encodeURIComponent(form.window)}/place`, placeTold(form));
  const none = t("manager.voice.none");
  const fields = html`
    <${Choice} name="window" value=${form.window} onSet=${change} options=${all.map((one) => [one.code, windowName(one)])} />
    <${Choice} name="zone" value=${form.zone} onSet=${change} options=${choices(zones)} />
    <${Choice} name="direction" value=${form.direction} onSet=${change}
      options=${[["", none], ...DIRECTIONS.map((one) => [one, t(`manager.voice.direction.${one}`)])]} />
    <${Text} name="place" value=${form.place} onSet=${change} more=${{ maxlength: 20 }} />
    <${Text} name="place_en" value=${form.place_en} onSet=${change} more=${{ maxlength: 40 }} />`;
  return html`<${Form} name="place_window" fields=${fields} busy=${orders.busy} said=${orders.said} onSave=${save} />`;
}

/** @param {{hall: string, zones: Record<string, any>, devices: any[]}} props */
function PlaceScreen({ hall, zones, devices }) {
  const orders = useOrders(hall);
  const [form, set] = useState({ screen: devices[0].id, zone: devices[0].zone || "" });
  const zoneOf = (/** @type {string} */ id) => (devices.find((one) => one.id === id) || {}).zone || "";
  const change = (/** @type {any} */ part) => set(part.screen ? { screen: part.screen, zone: zoneOf(part.screen) } : { ...form, ...part });
  const save = () => orders.send("PUT", `/devices/${encodeURIComponent(form.screen)}/zone`, { zone: form.zone || null });
  const fields = html`
    <${Choice} name="screen" value=${form.screen} onSet=${change} options=${devices.map((one) => [one.id, one.name])} />
    <${Choice} name="zone" value=${form.zone} onSet=${change} options=${[["", t("manager.voice.whole")], ...choices(zones)]} />`;
  return html`<${Form} name="place_screen" fields=${fields} busy=${orders.busy} said=${orders.said} onSave=${save} />`;
}
