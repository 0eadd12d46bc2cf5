// @ts-check
import { nameOf } from "../lib/format.js";
import { t } from "../lib/i18n.js";
import { searchServices } from "../lib/service-search.js";
import { html, useEffect, useMemo, useRef, useState } from "../lib/ui.js";

/** @typedef {import("./sheet.js").Service} Service */

/** How many results stand there: more than the eye takes in at once. */
const SHOWN = 8;

/** Where the arrows go in a list; the ends meet. @param {number} at @param {string} key @param {number} count */
export function stepped(at, key, count) {
  if (count === 0) return 0;
  return (at + (key === "ArrowDown" ? 1 : count - 1)) % count;
}

/**
 * Finding services by initials, Chinese, English or code; Enter adds the one that is marked.
 * @param {object} props
 * @param {Service[]} props.services
 * @param {Record<string, any>} props.lines
 * @param {(code: string) => void} props.onAdd
 * @param {boolean} [props.quiet] shows nothing before somebody types: part of a form
 */
export function Search({ services, lines, onAdd, quiet = false }) {
  const [text, write] = useState("");
  const [at, mark] = useState(0);
  const found = useMemo(() => (quiet && !text ? [] : searchServices(services, text, SHOWN)), [services, text]);
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const type = (/** @type {string} */ value) => { write(value); mark(0); };
  const add = (/** @type {Service | undefined} */ service) => {
    if (!service) return;
    onAdd(service.code);
    type("");
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return; // Enter and arrows belong to the input method
    if (event.key === "ArrowDown" || event.key === "ArrowUp") mark(stepped(at, event.key, found.length));
    else if (event.key === "Enter") add(found[at]);
    else if (event.key === "Escape") { type(""); if (input.current) input.current.blur(); }
    else return;
    event.preventDefault();
  };
  return html`
    <section class=${quiet ? "find" : "card find"} aria-labelledby="find-title">
      <h2 id="find-title"><label for="find">${t("zero.find")}</label>${!quiet && html` <kbd>/</kbd>`}</h2>
      <input id="find" ref=${input} type="text" role="combobox" autocomplete="off" spellcheck=${false} maxlength="40" value=${text}
        aria-expanded=${found.length > 0} aria-controls="found" aria-autocomplete="list" aria-describedby="find-hint"
        aria-activedescendant=${found[at] ? `found-${found[at].code}` : undefined} placeholder=${t("zero.find_placeholder")}
        onInput=${(/** @type {any} */ event) => type(event.target.value)} onKeyDown=${onKeyDown} />
      <p class="soft find-hint" id="find-hint">${t(found.length || !text || !services.length ? "zero.find_hint" : "zero.find_nothing")}</p>
      <ul id="found" role="listbox" aria-label=${t("zero.found")}>
        ${found.map((service, index) => html`
          <${Result} key=${service.code} service=${service} lines=${lines} marked=${index === at} onAdd=${() => add(service)} />`)}
      </ul>
    </section>`;
}

/** @param {{service: Service, lines: Record<string, any>, marked: boolean, onAdd: () => void}} props */
function Result({ service, lines, marked, onAdd }) {
  const row = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (marked && row.current) row.current.scrollIntoView({ block: "nearest" });
  }, [marked]);
  // Not taking the focus from the box: the next thing the person wants may be typed at once.
  return html`
    <li id=${`found-${service.code}`} ref=${row} role="option" aria-selected=${marked} data-code=${service.code}
      onMouseDown=${(/** @type {Event} */ event) => event.preventDefault()} onClick=${onAdd}>
      <b class="letter">${service.line}</b>
      <span class="result-name">${nameOf(/** @type {any} */ (service))}</span>
      <small>${service.code} · ${nameOf(lines[service.line]) || service.area}</small>
    </li>`;
}
