// @ts-check
import { useState } from "../lib/ui.js";

/**
 * A form that sends one order at a time.
 * @param {(given: Record<string, string>, onUnconfirmed: (waiting: boolean) => void) => Promise<string>} send
 *   sends what was filled in; answers what is wrong, or ""
 */
export function useForm(send) {
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const [waiting, setWaiting] = useState(false);
  const submit = async (/** @type {any} */ event) => {
    event.preventDefault();
    if (busy) return;
    const form = event.target;
    setBusy(true);
    setProblem("");
    const wrong = await send(/** @type {any} */ (Object.fromEntries(new FormData(form))), setWaiting);
    setProblem(wrong);
    setBusy(false);
    if (wrong) tryAgain(form);
  };
  return { problem, busy, waiting, submit };
}

/** Nobody sees what was typed: all of it is typed again. @param {HTMLFormElement} form */
function tryAgain(form) {
  const secrets = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input[type=password]"));
  for (const input of secrets) input.value = "";
  secrets[0].focus();
}
