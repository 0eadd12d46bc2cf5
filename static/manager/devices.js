// @ts-check
import { hallTimeWithSeconds } from "../lib/format.js";
import { refusalText, t } from "../lib/i18n.js";
import { getJSON, order } from "../lib/orders.js";
import { html, useEffect, useState } from "../lib/ui.js";
import { Confirm } from "../counter/shared/dialog.js";
import { deviceState } from "./devices-state.js";
import { NewDevice } from "./new-device.js";
import { may } from "./roles.js";

/** How often the list is read, in milliseconds: nothing in the news says that a device is alive. */
const READ_EVERY_MS = 10_000;

/**
 * @typedef {{devices: any[] | null, failed: string | null, clocks: number[]}} Listed
 *   `clocks`: what time it was when the list was read. A list that could not be read again must not
 *   make its devices look silent.
 */

/**
 * @param {{hall: string, role: string, zone: string, windows: Record<string, any>, now: () => Date, changed: number}} props
 *   `changed` counts the news about devices
 */
export function Devices({ hall, role, zone, windows, now, changed }) {
  const root = `/api/halls/${encodeURIComponent(hall)}/devices`;
  const { listed, reload } = useDevices(root, changed, now);
  const [leaving, revoke] = useState(/** @type {any} */ (null));
  const [said, say] = useState("");
  const change = may(role, "change_devices");
  const yes = async () => {
    const device = leaving;
    revoke(null);
    say(await revokeDevice(root, device));
    reload();
  };
  return html`
    <section class="card devices" aria-labelledby="devices-title">
      <h2 id="devices-title">${t("manager.devices")}</h2>
      <${List} listed=${listed} zone=${zone} onRevoke=${change ? revoke : null} onRetry=${reload} />
      <p class="said" role="status">${said}</p>
      ${change && html`<${NewDevice} root=${root} windows=${windows} onMade=${reload} />`}
      ${leaving && html`<${Confirm} title=${t("manager.revoke_title", { name: leaving.name })} text=${t("manager.revoke_text")}
        yes=${t("manager.revoke")} onYes=${yes} onClose=${() => revoke(null)} />`}
    </section>`;
}

/**
 * @param {string} root
 * @param {number} changed
 * @param {() => Date} now
 */
function useDevices(root, changed, now) {
  const [listed, show] = useState(/** @type {Listed} */ ({ devices: null, failed: null, clocks: [] }));
  const reload = async () => {
    const { status, body } = await getJSON(root);
    if (status === 200) show({ devices: body.devices, failed: null, clocks: [now().getTime(), Date.now()] });
    else show((/** @type {Listed} */ before) => ({ ...before, failed: body.error }));
  };
  useEffect(() => {
    reload();
    const timer = setInterval(reload, READ_EVERY_MS);
    return () => clearInterval(timer);
  }, [root, changed]);
  return { listed, reload };
}

/** @param {{listed: Listed, zone: string, onRevoke: any, onRetry: () => void}} props */
function List({ listed, zone, onRevoke, onRetry }) {
  const { devices, failed, clocks } = listed;
  if (!devices && !failed) return html`<p class="soft">${t("staff.loading")}</p>`;
  const shown = (devices || []).filter((device) => !device.revoked);
  return html`
    ${failed && html`<p class="notice warn">${t("manager.devices_failed")} ${" "}
      <button type="button" class="link" onClick=${onRetry}>${t("staff.try_again")}</button></p>`}
    ${devices && shown.length === 0 && html`<p class="soft">${t("manager.no_devices")}</p>`}
    <ul class="device-list">
      ${shown.map((device) => html`
        <${Device} key=${device.id} device=${device} state=${deviceState(device, clocks)} zone=${zone} onRevoke=${onRevoke} />`)}
    </ul>`;
}

/** @param {{device: any, state: string, zone: string, onRevoke: any}} props */
function Device({ device, state, zone, onRevoke }) {
  const seen = device.last_seen_at ? hallTimeWithSeconds(device.last_seen_at, zone) : "";
  return html`
    <li data-state=${state} data-device=${device.id}>
      <span class="device-name">${device.name} <small class="soft">${t(`manager.kind.${device.kind}`)}${
        device.window ? ` · ${t("manager.at_window", { window: device.window })}` : ""}</small></span>
      <span class="device-state">${t(`manager.device_state.${state}`, { time: seen })}</span>
      ${onRevoke && html`<button type="button" class="link" aria-label=${t("manager.revoke_who", { name: device.name })}
        onClick=${() => onRevoke(device)}>${t("manager.revoke")}</button>`}
    </li>`;
}

/**
 * @param {string} root
 * @param {any} device
 * @returns {Promise<string>} what to say
 */
async function revokeDevice(root, device) {
  const { status, body } = await order("DELETE", `${root}/${encodeURIComponent(device.id)}`);
  return status >= 200 && status < 300 ? t("manager.revoked", { name: device.name }) : refusalText(body);
}
