// @ts-check
/** Why this page does not speak, in the head of the screen; where a touch is all that is missing, a button for it. */

const STYLE = "/static/voice/hint.css";

export class Hint {
  #say;
  #onTouch;
  #place = document.createElement("aside");

  /** @param {import("../lib/i18n.js").Translate} say @param {() => void} onTouch */
  constructor(say, onTouch) {
    this.#say = say;
    this.#onTouch = onTouch;
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: STYLE }));
    this.#place.className = location.pathname.startsWith("/window/") ? "sound-hint at-window" : "sound-hint";
    this.#place.setAttribute("aria-label", say("sound.about"));
    document.body.append(this.#place);
  }

  /** @param {string} trouble `ok` shows nothing */
  show(trouble) {
    const says = trouble === "ok" ? null : document.createElement(trouble === "muted" ? "button" : "p");
    if (says) says.textContent = this.#say(`sound.${trouble}`);
    if (says instanceof HTMLButtonElement) says.addEventListener("click", this.#onTouch);
    this.#place.replaceChildren(...(says ? [says] : []));
  }
}
