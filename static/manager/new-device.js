// @ts-check
import { windowName } from "../lib/format.js";
import { refusalText, t } from "../lib/i18n.js";
import { order } from "../lib/orders.js";
import { html, useState } from "../lib/ui.js";
import { byPlace } from "../counter/shared/place.js";

/** Kinds that have a page or a program today. */
const KINDS = ["kiosk", "screen", "pad", "printer"];

/** Kinds that may stand at a window. */
const AT_WINDOWS = ["pad", "printer"];

/**
 * Name a device and get the code that enrols it. The code is shown once and kept nowhere.
 * @param {{root: string, windows: Record<string, any>, onMade: () => void}} props
 */
export function NewDevice({ root, windows, onMade }) {
  const [asked, set] = useState({ kind: KINDS[0], name: "", window: "" });
  const [result, show] = useState(/** @type {{code: string, name: string, error: string, busy: boolean}} */ (
    { code: "", name: "", error: "", busy: false }));
  const name = asked.name.trim();
  // A pad asks about one window's service: without its window it is of no use.
  const ready = !result.busy && name !== "" && (asked.kind !== "pad" || asked.window !== "");
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!ready) return;
    show({ code: "", name: "", error: "", busy: true });
    const place = AT_WINDOWS.includes(asked.kind) && asked.window !== "" ? { window: asked.window } : {};
    const { status, body } = await order("POST", root, { kind: asked.kind, name, ...place });
    const made = status >= 200 && status < 300;
    show({ code: made ? body.code : "", name, error: made ? "" : refusalText(body), busy: false });
    if (made) set({ ...asked, name: "" });
    if (made) onMade();
  };
  return html`
    <form class="new-device" onSubmit=${submit}>
      <${Fields} asked=${asked} windows=${windows} onSet=${set} />
      <button type="submit" class="button small" disabled=${!ready}>${t("manager.add_device")}</button>
    </form>
    <${Code} result=${result} onDone=${() => show({ ...result, code: "" })} />`;
}

/** @param {{asked: {kind: string, name: string, window: string}, windows: Record<string, any>, onSet: (asked: any) => void}} props */
function Fields({ asked, windows, onSet }) {
  const field = (/** @type {string} */ name) => (/** @type {any} */ event) => onSet({ ...asked, [name]: event.target.value });
  return html`
    <select aria-label=${t("manager.device_kind")} value=${asked.kind} onChange=${field("kind")}>
      ${KINDS.map((one) => html`<option key=${one} value=${one}>${t(`manager.kind.${one}`)}</option>`)}
    </select>
    <input aria-label=${t("manager.device_name")} placeholder=${t("manager.device_name")} maxlength="40" value=${asked.name}
      onInput=${field("name")} />
    ${AT_WINDOWS.includes(asked.kind) && html`
      <select class="new-device-window" aria-label=${t("manager.device_window")} value=${asked.window} onChange=${field("window")}>
        <option value="">${t(asked.kind === "printer" ? "manager.device_hall" : "manager.device_window")}</option>
        ${Object.values(windows).sort(byPlace).map((one) => html`<option key=${one.code} value=${one.code}>${windowName(one)}</option>`)}
      </select>`}`;
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
