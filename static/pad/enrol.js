// @ts-check
import { enrol, whoAmI } from "../lib/enrolment.js";
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";

/** @param {string | null} refusal @param {() => void} onEnrolled */
function useCode(refusal, onEnrolled) {
  const [code, write] = useState("");
  const [problem, say] = useState(refusal);
  const [busy, work] = useState(false);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (busy) return;
    work(true);
    const wrong = await enrol(code, "pad");
    // A code whose answer got lost is refused the second time, although it worked.
    const { device } = await whoAmI();
    if (!wrong || (device && device.kind === "pad")) return onEnrolled();
    say(wrong);
    work(false);
  };
  return { code, write, problem, busy, submit };
}

/**
 * The screen of a pad that has no window yet; a technician fills it in once.
 * @param {{refusal: string | null, onEnrolled: () => void}} props
 */
export function Enrol({ refusal, onEnrolled }) {
  const { code, write, problem, busy, submit } = useCode(refusal, onEnrolled);
  return html`
    <main class="pad">
      <form class="card pad-enrol" onSubmit=${submit}>
        <h1>${t("rating.enrol_title")}</h1>
        <p class="soft">${t("rating.enrol_says")}</p>
        <div class="field">
          <label for="code">${t("rating.enrol_code")}</label>
          <input id="code" value=${code} autocomplete="off" autocapitalize="characters" spellcheck=${false} required
            aria-describedby="problem" onInput=${(/** @type {any} */ event) => write(event.target.value)} />
        </div>
        <p id="problem" class=${problem ? "notice bad" : ""} role="alert">${problem}</p>
        <button class="button primary" disabled=${busy || !code.trim()}>${t("rating.enrol_submit")}</button>
      </form>
    </main>`;
}
