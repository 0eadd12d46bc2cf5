// @ts-check
import { nameOf } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { getJSON } from "../lib/orders.js";
import { html, useEffect, useState } from "../lib/ui.js";
import { VoiceSettings } from "./voice-settings.js";
import { byNeed } from "./voice-words.js";
import { ZonePlaces } from "./zone-places.js";

/** How often the figures are read, in milliseconds: nothing in the news says how old a call is. */
const READ_EVERY_MS = 5000;

/** Zones and how their loudspeakers keep up; screens and what is wrong with them.
 *  @param {{hall: string, zones: Record<string, any>, windows: Record<string, any>, mayChange: boolean}} props of the news */
export function Voice({ hall, zones, windows, mayChange }) {
  const { read, failed } = useVoice(hall);
  const [open, set] = useState("");
  const [placing, place] = useState(false);
  const names = Object.fromEntries((read ? read.devices : []).map((/** @type {any} */ one) => [one.id, one.name]));
  return html`
    <section class="card voice" aria-labelledby="voice-title">
      <h2 id="voice-title">${t("manager.voice")}</h2>
      ${failed && html`<p class="notice warn" role="status">${t("manager.voice.failed")}</p>`}
      ${!read && !failed && html`<p class="soft">${t("staff.loading")}</p>`}
      ${read && html`
        <${Zones} read=${read} zones=${zones} names=${names} onOpen=${mayChange ? set : null} />
        ${mayChange && html`<p class="voice-more"><button type="button" class="link" data-action="places" onClick=${() => place(true)}>${t("manager.voice.places")}</button>
          <a href=${`/manager/voice${location.search}`}>${t("manager.voice.record")}</a></p>`}
        <${Screens} devices=${read.devices} zones=${zones} />`}
      ${placing && html`<${ZonePlaces} hall=${hall} zones=${zones} windows=${windows} devices=${read ? read.devices : []} onClose=${() => place(false)} />`}
      ${open && zones[open] && html`<${VoiceSettings} key=${open} hall=${hall} zone=${zones[open]} onClose=${() => set("")} />`}
    </section>`;
}

/** @param {string} hall */
function useVoice(hall) {
  const [state, set] = useState(/** @type {{read: any, failed: boolean}} */ ({ read: null, failed: false }));
  useEffect(() => {
    let over = false;
    const reload = async () => {
      const { status, body } = await getJSON(`/api/halls/${encodeURIComponent(hall)}/voice`);
      if (over) return;
      set((/** @type {any} */ before) => (status === 200 ? { read: body, failed: false } : { ...before, failed: true }));
    };
    reload();
    const timer = setInterval(reload, READ_EVERY_MS);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [hall]);
  return state;
}

/** @param {{read: any, zones: any, names: Record<string, string>, onOpen: ((code: string) => void) | null}} props */
function Zones({ read, zones, names, onOpen }) {
  const heads = ["announcer", "depth", "oldest", "p95"];
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${t("manager.voice.zones")}>
      <table class="figures-table voice-zones">
        <thead><tr><th scope="col">${t("manager.voice.zone")}</th>
          ${heads.map((head) => html`<th key=${head} scope="col">${t(`manager.voice.${head}`)}</th>`)}
          ${onOpen && html`<td></td>`}</tr></thead>
        <tbody>${read.zones.map((/** @type {any} */ one) => html`
          <${Zone} key=${one.zone} of=${one} zone=${zones[one.zone]} names=${names} onOpen=${onOpen} />`)}</tbody>
      </table>
    </div>`;
}

/** @param {{of: any, zone: any, names: Record<string, string>, onOpen: ((code: string) => void) | null}} props */
function Zone({ of, zone, names, onOpen }) {
  const name = nameOf(zone) || of.zone;
  const seconds = (/** @type {number | null} */ n) => (n === null ? t("time.none") : t("manager.voice.seconds", { n: Math.round(n) }));
  return html`
    <tr data-zone=${of.zone} data-sounding=${of.sounding}>
      <th scope="row">${name}${of.hint && html`<small class="voice-hint">${t(`manager.voice.hint.${of.hint}`)}</small>`}</th>
      <td class="voice-announcer">${announcerText(of, names)}</td>
      <td>${of.depth}</td>
      <td>${seconds(of.oldest_s)}</td>
      <td title=${t("manager.voice.basis", { n: of.n })}>${seconds(of.p95_s)} <small class="soft">n=${of.n}</small></td>
      ${onOpen && html`<td><button type="button" class="link" aria-label=${t("manager.voice.settings_of", { zone: name })}
        onClick=${() => onOpen(of.zone)}>${t("manager.voice.settings")}</button></td>`}
    </tr>`;
}

/** @param {any} of @param {Record<string, string>} names */
function announcerText({ announcer, sounding }, names) {
  if (!announcer) return t("manager.voice.nobody");
  const name = names[announcer] || announcer.slice(0, 8);
  return sounding ? name : t("manager.voice.not_sounding", { name });
}

/** @param {{devices: any[], zones: any}} props */
function Screens({ devices, zones }) {
  if (devices.length === 0) return html`<p class="soft voice-none">${t("manager.voice.no_screens")}</p>`;
  return html`
    <h3>${t("manager.voice.screens")}</h3>
    <ul class="voice-screens">
      ${byNeed(devices).map((one) => html`
        <li key=${one.id} data-state=${one.state}>
          <b>${one.name}</b>
          <span class="soft">${one.zone ? nameOf(zones[one.zone]) || one.zone : t("manager.voice.whole")}</span>
          <span class="voice-state">${stateText(one)}</span>
        </li>`)}
    </ul>`;
}

/** @param {any} one */
function stateText({ state, sound, behind }) {
  const said = [t(`manager.voice.state.${state}`)];
  if (state !== "silent" && sound) said.push(t(`manager.voice.sound.${sound}`));
  if (state !== "silent" && behind) said.push(t("manager.voice.behind", { n: behind }));
  return said.join(" · ");
}
