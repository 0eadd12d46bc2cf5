// @ts-check
import { html } from "../../lib/ui.js";

/** @typedef {{value: string, key?: string, label: string, aside?: any}} Option */

/**
 * One of several, by mouse, arrows or its own key (a letter or a digit) while the list has the focus.
 * @param {{legend: string, name: string, options: Option[], value: string, onChoose: (value: string) => void,
 *   first?: boolean}} props `first`: it has the focus when the dialog opens
 */
export function Choices({ legend, name, options, value, onChoose, first = false }) {
  const byKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    const option = options.find(({ key }) => key === event.key.toUpperCase());
    if (!option) return;
    onChoose(option.value);
    const list = /** @type {HTMLElement} */ (event.currentTarget);
    /** @type {HTMLElement} */ (list.querySelector(`[value="${CSS.escape(option.value)}"]`)).focus();
  };
  return html`
    <fieldset class="choices" data-choices=${name} onKeyDown=${byKey}>
      <legend>${legend}</legend>
      ${options.map((option, index) => html`
        <label key=${option.value} data-choice=${option.value} data-chosen=${value === option.value}>
          <input type="radio" name=${name} value=${option.value} checked=${value === option.value} autofocus=${first && index === 0}
            onChange=${() => onChoose(option.value)} />
          ${option.key && html`<b>${option.key}</b>`}<span>${option.label}</span>${option.aside}
        </label>`)}
    </fieldset>`;
}
