// @ts-check
import { html } from "../lib/ui.js";

/** The mouth of each level: the same face otherwise, in the same colour, so that none is suggested. @type {Record<number, string>} */
const MOUTHS = {
  5: "M13 27 Q24 44 35 27 Z",
  4: "M14 29 Q24 39 34 29",
  3: "M15 31 Q24 35 33 31",
  2: "M15 34 Q24 29 33 34",
  1: "M14 37 Q24 25 34 37",
};

/** A face drawn for a level; the words beside it say what it means. @param {{level: number}} props */
export function Face({ level }) {
  return html`
    <svg class="face" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <circle class="face-head" cx="24" cy="24" r="22" />
      <circle class="face-eye" cx="16" cy="19" r="2.6" />
      <circle class="face-eye" cx="32" cy="19" r="2.6" />
      <path class=${level === 5 ? "face-mouth open" : "face-mouth"} d=${MOUTHS[level]} />
    </svg>`;
}
