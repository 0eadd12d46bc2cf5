// @ts-check
import { refusalText, t } from "../../lib/i18n.js";
import { order } from "../../lib/orders.js";
import { html, useState } from "../../lib/ui.js";
import { Dialog } from "../shared/dialog.js";
import { signIn } from "../shared/start.js";
import { FormButtons } from "./buttons.js";

/**
 * A window that somebody has left: a supervisor who stands here says so with name and password. Neither is
 * kept: the fields are read once and emptied.
 * @param {{hall: string, window: string, code: string, holds: string | null, leave: boolean, onTaken: () => void, onClose: () => void}} props
 *   `window`: its name; `holds`: the number of the ticket there; `leave`: the clerk sits at another window now
 */
export function TakeOverDialog({ hall, window, code, holds, leave, onTaken, onClose }) {
  const [said, say] = useState({ text: "", tone: "soft" });
  const [busy, wait] = useState(false);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (busy) return;
    const form = /** @type {HTMLFormElement} */ (event.target);
    const body = { username: form.username.value, password: form.password.value, leave };
    form.password.value = "";
    wait(true);
    const doubt = (/** @type {boolean} */ open) => say({ text: open ? t("counter.outcome.unconfirmed") : "", tone: "warn" });
    const path = `/api/halls/${encodeURIComponent(hall)}/windows/${encodeURIComponent(code)}/takeovers`;
    const answer = await order("POST", path, body, { onUnconfirmed: doubt });
    wait(false);
    if (answer.status === 201) return onTaken();
    if (answer.status === 401) return signIn(location.pathname);
    say({ text: refusalText(answer.body), tone: "bad" });
    form.password.focus();
  };
  return html`
    <${Dialog} title=${t("counter.take_over.title", { window })} onClose=${onClose}>
      <form class="take-over" onSubmit=${submit}>
        <p>${t("counter.take_over.text", { window })}</p>
        ${holds && html`<p>${t("counter.take_over.holds", { number: holds })}</p>`}
        <${Word} name="username" label=${t("counter.take_over.username")} type="text" first=${true} />
        <${Word} name="password" label=${t("counter.take_over.password")} type="password" />
        <p class="outcome" role="alert" data-tone=${said.tone}>${said.text}</p>
        <${FormButtons} yes=${t("counter.action.take_over")} ready=${!busy} onClose=${onClose} />
      </form>
    <//>`;
}

/** Somebody else's words: the browser is to keep and offer none of them. @param {{name: string, label: string, type: string, first?: boolean}} props */
function Word({ name, label, type, first = false }) {
  return html`
    <div class="field">
      <label for=${`supervisor-${name}`}>${label}</label>
      <input id=${`supervisor-${name}`} name=${name} type=${type} autocomplete=${type === "password" ? "new-password" : "off"}
        autocapitalize="none" spellcheck=${false} required maxlength=${type === "password" ? 200 : 40} autofocus=${first} />
    </div>`;
}
