// @ts-check
/** The few kinds of fields that a layout has. */
import { html } from "../lib/ui.js";

/** @param {{label: string, name: string, value: any, options: [any, string][], take: (value: any) => void}} props */
export function Choice({ label, name, value, options, take }) {
  return html`
    <label class="line"><span>${label}</span>
      <select class="choice" name=${name} onChange=${(/** @type {any} */ event) => take(options[event.target.selectedIndex][0])}>
        ${options.map(([one, text]) => html`<option key=${String(one)} value=${String(one)} selected=${one === value}>${text}</option>`)}
      </select></label>
  `;
}

/** @param {{label: string, name: string, value: boolean, take: (value: boolean) => void}} props */
export function Tick({ label, name, value, take }) {
  return html`<label class="tick"><input type="checkbox" name=${name} checked=${value} onChange=${() => take(!value)} /><span>${label}</span></label>`;
}

/** @param {{label: string, name: string, value: number, least: number, most: number, step?: number, unit?: string, take: (value: number) => void}} props */
export function Amount({ label, name, value, least, most, step = 1, unit = "", take }) {
  return html`
    <label class="line"><span>${label} <output>${value}${unit}</output></span>
      <input type="range" name=${name} min=${least} max=${most} step=${step} value=${value}
        onInput=${(/** @type {any} */ event) => take(Number(event.target.value))} /></label>
  `;
}

/** @param {{label: string, name: string, value: string, longest: number, take: (value: string) => void, hint?: string}} props */
export function Text({ label, name, value, longest, take, hint = "" }) {
  return html`
    <label class="line"><span>${label}</span>
      <input class="choice" name=${name} value=${value} maxlength=${longest} placeholder=${hint}
        onInput=${(/** @type {any} */ event) => take(event.target.value)} /></label>
  `;
}

/** Any of these; none means all. @param {{label: string, options: [string, string][], value: string[], take: (value: string[]) => void}} props */
export function Some({ label, options, value, take }) {
  const change = (/** @type {string} */ one) => take(value.includes(one) ? value.filter((other) => other !== one) : [...value, one].sort());
  return html`
    <fieldset class="some"><legend>${label}</legend>
      ${options.map(([one, text]) => html`
        <label class="tick" key=${one}><input type="checkbox" checked=${value.includes(one)} onChange=${() => change(one)} /><span>${text}</span></label>`)}
    </fieldset>
  `;
}
