// @ts-check
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { Face } from "./face.js";
import { LEVELS } from "./levels.js";

/** Five faces with words; none is chosen beforehand. @param {{onLevel: (level: number) => void}} props */
export function Faces({ onLevel }) {
  return html`
    <ul class="faces">
      ${LEVELS.map((level) => html`
        <li key=${level}><button type="button" class="face-button" data-level=${level} onClick=${() => onLevel(level)}>
          <${Face} level=${level} /><span>${t(`rating.level.${level}`)}</span></button></li>`)}
    </ul>`;
}
