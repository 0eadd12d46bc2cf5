// @ts-check
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { may } from "./roles.js";

/** The parts of the page, in their order, by the id of their heading and its words.
 * @type {readonly {id: string, words: string, needs?: Parameters<typeof may>[1]}[]} */
const SECTIONS = Object.freeze([
  { id: "floor-title", words: "manager.section.windows" },
  { id: "day-title", words: "manager.day" },
  { id: "rules-title", words: "manager.rules", needs: "rules" },
  { id: "devices-title", words: "manager.devices", needs: "devices" },
  { id: "voice-title", words: "manager.voice", needs: "voice" },
  { id: "lines-title", words: "manager.lines" },
  { id: "staff-title", words: "manager.staff", needs: "staff" },
  { id: "windows-title", words: "manager.by_window" },
]);

/** The long page in one line, always in sight: one press leads to each part. @param {{role: string}} props */
export function Sections({ role }) {
  const shown = SECTIONS.filter(({ needs }) => !needs || may(role, needs));
  return html`
    <nav class="sections" aria-label=${t("manager.sections")}>
      ${shown.map(({ id, words }) => html`<a key=${id} href=${`#${id}`}>${t(words)}</a>`)}
    </nav>`;
}
