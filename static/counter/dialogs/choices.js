// @ts-check
import { html, useEffect, useRef } from "../../lib/ui.js";

/** @typedef {{value: string, key?: string, label: string, aside?: any}} Option */

/** Where a key writes something. @param {EventTarget | null} target */
function isTyping(target) {
  const written = target instanceof HTMLInputElement && !["radio", "checkbox"].includes(target.type);
  return written || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/**
 * One of several, by mouse, arrows or its own key (a letter or a digit). The key counts in the whole form, wherever
 * nothing is written: on a box that was just ticked as well.
 * @param {{legend: string, name: string, options: Option[], value: string, onChoose: (value: string) => void,
 *   first?: boolean}} props `first`: it has the focus when the dialog opens
 */
export function Choices({ legend, name, options, value, onChoose, first = false }) {
  const list = useRef(/** @type {HTMLFieldSetElement | null} */ (null));
  const byKey = useRef((/** @type {KeyboardEvent} */ _) => {});
  byKey.current = (event) => {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    const option = options.find(({ key }) => key === event.key.toUpperCase());
    const field = option && list.current && list.current.querySelector(`[value="${CSS.escape(option.value)}"]`);
    if (!option || !(field instanceof HTMLElement)) return;
    onChoose(option.value);
    field.focus();
  };
  useEffect(() => {
    const form = list.current && list.current.form;
    const listen = (/** @type {KeyboardEvent} */ event) => byKey.current(event);
    if (form) form.addEventListener("keydown", listen);
    return () => { if (form) form.removeEventListener("keydown", listen); };
  }, []);
  return html`
    <fieldset class="choices" data-choices=${name} ref=${list}>
      <legend>${legend}</legend>
      ${options.map((option, index) => html`
        <label key=${option.value} data-choice=${option.value} data-chosen=${value === option.value}>
          <input type="radio" name=${name} value=${option.value} checked=${value === option.value} autofocus=${first && index === 0}
            onChange=${() => onChoose(option.value)} />
          ${option.key && html`<b>${option.key}</b>`}<span>${option.label}</span>${option.aside}
        </label>`)}
    </fieldset>`;
}
