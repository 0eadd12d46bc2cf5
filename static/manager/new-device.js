// @ts-check
import { refusalText, t } from "../lib/i18n.js";
import { order } from "../lib/orders.js";
import { html, useState } from "../lib/ui.js";

/** Kinds that have a page or a program today. */
const KINDS = ["kiosk", "screen"];

/**
 * Name a device and get the code that enrols it. The code is shown once and kept nowhere.
 * @param {{root: string, onMade: () => void}} props
 */
export function NewDevice({ root, onMade }) {
  const [kind, choose] = useState(KINDS[0]);
  const [name, write] = useState("");
  const [result, show] = useState(/** @type {{code: string, name: string, error: string, busy: boolean}} */ (
    { code: "", name: "", error: "", busy: false }));
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (result.busy || !name.trim()) return;
    show({ code: "", name: "", error: "", busy: true });
    const { status, body } = await order("POST", root, { kind, name: name.trim() });
    const made = status >= 200 && status < 300;
    show({ code: made ? body.code : "", name: name.trim(), error: made ? "" : refusalText(body), busy: false });
    if (made) write("");
    if (made) onMade();
  };
  return html`
    <form class="new-device" onSubmit=${submit}>
      <${Fields} kind=${kind} name=${name} onKind=${choose} onName=${write} />
      <button type="submit" class="button small" disabled=${result.busy || !name.trim()}>${t("manager.add_device")}</button>
    </form>
    <${Code} result=${result} onDone=${() => show({ ...result, code: "" })} />`;
}

/** @param {{kind: string, name: string, onKind: (kind: string) => void, onName: (name: string) => void}} props */
function Fields({ kind, name, onKind, onName }) {
  return html`
    <select aria-label=${t("manager.device_kind")} value=${kind} onChange=${(/** @type {any} */ event) => onKind(event.target.value)}>
      ${KINDS.map((one) => html`<option key=${one} value=${one}>${t(`manager.kind.${one}`)}</option>`)}
    </select>
    <input aria-label=${t("manager.device_name")} placeholder=${t("manager.device_name")} maxlength="40" value=${name}
      onInput=${(/** @type {any} */ event) => onName(event.target.value)} />`;
}

/** @param {{result: {code: string, name: string, error: string}, onDone: () => void}} props */
function Code({ result, onDone }) {
  return html`
    <div role="status" aria-live="polite">
      ${result.error && html`<p class="notice bad">${result.error}</p>`}
      ${result.code && html`
        <div class="notice good code">
          <p>${t("manager.code_for", { name: result.name })}</p>
          <p class="code-text number">${result.code}</p>
          <p class="soft">${t("manager.code_hint")}</p>
          <button type="button" class="button small" onClick=${onDone}>${t("manager.code_done")}</button>
        </div>`}
    </div>`;
}
