// @ts-check
import { t } from "../../lib/i18n.js";
import { html, useState } from "../../lib/ui.js";
import { Dialog } from "../shared/dialog.js";
import { FormButtons } from "./buttons.js";
import { Choices } from "./choices.js";
import { lineOptions } from "./lines.js";

/** The classes that a clerk may give, with their keys. */
const CLASSES = [["ordinary", "1"], ["care", "2"]];

/**
 * A number for somebody without phone or card.
 * @param {{state: import("../types.js").HallState, onIssue: (body: {line: string, class: string}) => void,
 *   onClose: () => void}} props
 */
export function IssueDialog({ state, onIssue, onClose }) {
  const [line, choose] = useState("");
  const [named, name] = useState(CLASSES[0][0]);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (line) onIssue({ line, class: named });
  };
  const classes = CLASSES.map(([value, key]) => ({ value, key, label: t(`class.${value}`) }));
  return html`
    <${Dialog} title=${t("counter.issue_title")} onClose=${onClose} wide=${true}>
      <form onSubmit=${submit}>
        <${Choices} legend=${t("counter.issue_line")} name="line" options=${lineOptions(state)} value=${line} onChoose=${choose} first=${true} />
        <${Choices} legend=${t("counter.issue_class")} name="class" options=${classes} value=${named} onChoose=${name} />
        <${FormButtons} yes=${t("counter.action.issue")} ready=${line !== ""} onClose=${onClose} />
      </form>
    <//>`;
}
