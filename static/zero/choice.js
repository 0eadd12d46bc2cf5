// @ts-check
import { html } from "../lib/ui.js";

/**
 * A few options side by side, of which one holds.
 * @param {{name: string, legend: string, value: string, options: {value: string, text: string}[], onChange: (value: string) => void}} props
 */
export function Choice({ name, legend, value, options, onChange }) {
  return html`
    <fieldset class="options">
      <legend>${legend}</legend>
      ${options.map((one) => html`
        <label key=${one.value}><input type="radio" name=${name} value=${one.value} checked=${value === one.value}
          onChange=${() => onChange(one.value)} /><span>${one.text}</span></label>`)}
    </fieldset>`;
}
