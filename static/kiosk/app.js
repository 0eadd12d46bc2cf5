// @ts-check
import { nameOf } from "../lib/format.js";
import { isOpen } from "../lib/hall.js";
import { houseLanguage, language, loadLanguage, setLanguage, t } from "../lib/i18n.js";
import { LanguageButton } from "../lib/language-button.js";
import { html, useEffect, useState } from "../lib/ui.js";
import { Closed, Offline, Refused } from "./apart.js";
import { Confirm } from "./confirm.js";
import { Home } from "./home.js";
import { useIdle } from "./idle.js";
import { YourNumber } from "./number.js";

/** How long a screen waits for somebody who has gone, and how long a number is shown, in s. */
const IDLE_S = 30;
const NUMBER_S = 10;

/**
 * @typedef {{screen: "home"} | {screen: "confirm", letter: string} | {screen: "number", given: any}
 *   | {screen: "refused", refusal: any}} Place
 * @typedef {{hall: string, state: import("../lib/reduce.js").HallState, meta: import("../lib/news.js").Meta,
 *   onLanguage: () => void, onRevoked: () => void}} AppProps
 */

/** @param {AppProps} props */
export function App({ hall, state, meta, onLanguage, onRevoked }) {
  const [place, setPlace] = useState(/** @type {Place} */ ({ screen: "home" }));
  const [busy, setBusy] = useState(false);
  const home = () => setPlace({ screen: "home" });
  const gone = async () => {
    home();
    if (await backToHouseLanguage()) onLanguage();
  };
  const left = useIdle(busy ? 0 : waits(place), place, gone);
  useEffect(() => { document.title = t("kiosk.title", { hall: nameOf(state.hall) }); });

  const answered = ({ status, body }) => {
    if (status === 201) setPlace({ screen: "number", given: body });
    else if (status === 401) onRevoked();
    else setPlace({ screen: "refused", refusal: body });
  };
  const shown = Screen({ hall, state, meta, place, setPlace, home, left, busy, setBusy, answered });
  return html`
    <${Header} state=${state} onLanguage=${onLanguage} locked=${busy} />
    <main class="screen">${shown}</main>
    <footer class="privacy">${t("kiosk.privacy")}</footer>
  `;
}

/** How long a screen stays without a touch; 0: for ever. @param {Place} place */
function waits({ screen }) {
  if (screen === "number") return NUMBER_S;
  return screen === "home" && language() === houseLanguage() ? 0 : IDLE_S;
}

/** The next person has not chosen the language of the last one. */
async function backToHouseLanguage() {
  if (language() === houseLanguage()) return false;
  setLanguage(houseLanguage());
  await loadLanguage(houseLanguage(), ["kiosk"]);
  return true;
}

/** Which screen it is. An order under way and a number given stay in sight whatever else happens. */
function Screen({ hall, state, meta, place, setPlace, home, left, busy, setBusy, answered }) {
  if (place.screen === "number") return html`<${YourNumber} given=${place.given} state=${state} left=${left} onDone=${home} />`;
  if (place.screen === "refused") return html`<${Refused} refusal=${place.refusal} onHome=${home} />`;
  if (place.screen === "confirm" && state.lines[place.letter] && (busy || !meta.stale)) {
    return html`<${Confirm} key=${place.letter} hall=${hall} state=${state} line=${state.lines[place.letter]} stale=${meta.stale}
      onBusy=${setBusy} onAnswer=${answered} onBack=${home} onChoose=${(letter) => setPlace({ screen: "confirm", letter })} />`;
  }
  if (meta.stale) return html`<${Offline} />`;
  if (!meta.synced) return html`<p class="starting" role="status">${t("kiosk.starting")}</p>`;
  if (!isOpen(state)) return html`<${Closed} hall=${state.hall} now=${meta.now} />`;
  return html`<${Home} state=${state} now=${meta.now} onChoose=${(letter) => setPlace({ screen: "confirm", letter })} />`;
}

/** @param {{state: any, onLanguage: () => void, locked: boolean}} props */
function Header({ state, onLanguage, locked }) {
  return html`
    <header class="header on-deep">
      <div>
        <h1 class="hall-name">${nameOf(state.hall) || t("app.name")}</h1>
        <p class="tagline">${t("kiosk.tagline")}</p>
      </div>
      <${LanguageButton} parts=${["kiosk"]} class="language" disabled=${locked} again=${onLanguage} />
    </header>
  `;
}
