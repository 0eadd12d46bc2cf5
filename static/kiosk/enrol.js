// @ts-check
import { enrol } from "../lib/enrolment.js";
import { t } from "../lib/i18n.js";
import { html, useState } from "../lib/ui.js";
import { enrolledHall } from "./enrolment.js";

/**
 * What is typed, and what became of it.
 * @param {string | null} refusal @param {(hall: string) => void} onEnrolled
 */
function useCode(refusal, onEnrolled) {
  const [code, setCode] = useState("");
  const [problem, setProblem] = useState(refusal);
  const [busy, setBusy] = useState(false);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const wrong = await enrol(code, "kiosk");
    // A code whose answer got lost is refused the second time, although it worked.
    const hall = await enrolledHall();
    if (hall) return onEnrolled(hall);
    setProblem(wrong);
    setBusy(false);
  };
  return { code, setCode, problem, busy, submit };
}

/**
 * The screen of a kiosk that has no right to give numbers yet; a technician fills it in once.
 * @param {{refusal: string | null, onEnrolled: (hall: string) => void}} props
 */
export function Enrol({ refusal, onEnrolled }) {
  const { code, setCode, problem, busy, submit } = useCode(refusal, onEnrolled);
  return html`
    <main class="enrol">
      <form class="card enrol-card" onSubmit=${submit}>
        <h1>${t("kiosk.enrol_title")}</h1>
        <p class="soft">${t("kiosk.enrol_says")}</p>
        <div class="field">
          <label for="code">${t("kiosk.enrol_code")}</label>
          <input id="code" class="enrol-code" value=${code} autocomplete="off" autocapitalize="characters" spellcheck=${false}
            required aria-describedby="problem" onInput=${(/** @type {any} */ event) => setCode(event.target.value)} />
        </div>
        <p id="problem" class=${problem ? "notice bad" : ""} role="alert">${problem}</p>
        <button class="button primary enrol-submit" disabled=${busy || !code.trim()}>
          ${busy ? t("kiosk.enrol_working") : t("kiosk.enrol_submit")}
        </button>
      </form>
    </main>
  `;
}
