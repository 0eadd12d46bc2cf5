// @ts-check
import { nameOf } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { Dialog } from "../counter/shared/dialog.js";
import { SaidLine } from "./said.js";
import { useOrders } from "./use-orders.js";
import { LANGUAGES, languagesName, readSpans, readSteps, spansText, stepsText } from "./voice-words.js";

/** A zone's languages, quiet hours, volumes and chime. @param {{hall: string, zone: any, onClose: () => void}} props */
export function VoiceSettings({ hall, zone, onClose }) {
  const orders = useOrders(hall);
  const [form, set] = useState({
    languages: languagesName(zone.languages), quiet: spansText(zone.quiet), volumes: stepsText(zone.volumes), chime: zone.chime,
  });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const quiet = readSpans(form.quiet);
    const volumes = readSteps(form.volumes);
    const wrong = quiet.wrong || volumes.wrong;
    if (wrong) return orders.say(t("manager.voice.not_understood", { text: wrong }), "bad");
    const body = { languages: LANGUAGES[form.languages], quiet: quiet.value, volumes: volumes.value, chime: form.chime };
    return orders.send("PUT", `/zones/${encodeURIComponent(zone.code)}`, body);
  };
  return html`
    <${Dialog} title=${t("manager.voice.settings_of", { zone: nameOf(zone) })} onClose=${onClose} wide=${true}>
      <form class="voice-form" onSubmit=${submit}>
        <${Fields} form=${form} onSet=${(/** @type {any} */ change) => set({ ...form, ...change })} />
        <${SaidLine} said=${orders.said} />
        <div class="dialog-buttons">
          <button type="button" class="button" onClick=${onClose}>${t("manager.close")}</button>
          <button type="submit" class="button primary" data-action="save-zone" disabled=${orders.busy}>${t("manager.save")}</button>
        </div>
      </form>
    <//>`;
}

/** @param {{form: any, onSet: (change: any) => void}} props */
function Fields({ form, onSet }) {
  const text = (/** @type {string} */ name) => html`
    <label><span>${t(`manager.voice.${name}`)}</span>
      <input name=${name} value=${form[name]} aria-describedby=${`voice-${name}-hint`} autocomplete="off"
        onInput=${(/** @type {any} */ event) => onSet({ [name]: event.target.value })} />
      <small id=${`voice-${name}-hint`} class="soft">${t(`manager.voice.${name}_hint`)}</small></label>`;
  return html`
    <label><span>${t("manager.voice.languages")}</span>
      <select name="languages" value=${form.languages} onChange=${(/** @type {any} */ event) => onSet({ languages: event.target.value })}>
        ${Object.keys(LANGUAGES).map((name) => html`<option key=${name} value=${name}>${t(`manager.voice.languages.${name}`)}</option>`)}
      </select></label>
    ${text("quiet")} ${text("volumes")}
    <label class="rule"><input type="checkbox" name="chime" checked=${form.chime}
      onChange=${() => onSet({ chime: !form.chime })} /><span>${t("manager.voice.chime")}</span></label>`;
}
