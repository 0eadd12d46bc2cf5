// @ts-check
import { refusalText, t } from "../../lib/i18n.js";
import { html } from "../../lib/ui.js";

/** Refusals that pass by themselves: the reader keeps asking. */
const PASSING = ["busy", "internal", "unreachable"];

/**
 * Says how old the picture is, and what still works.
 * @param {{meta: import("../../lib/news.js").Meta | null, text: string}} props
 */
export function Stale({ meta, text }) {
  if (!meta) return null;
  if (meta.refused && !PASSING.includes(meta.refused)) return html`<${Refused} code=${meta.refused} />`;
  if (!meta.stale) return null;
  return html`
    <p class="stale" role="alert">
      <span>${t("staff.stale")}</span>
      <span aria-hidden="true">${t("staff.stale_for", { n: meta.staleForS })}</span>
      <span>${text}</span>
    </p>`;
}

/** @param {{code: string}} props */
function Refused({ code }) {
  const next = encodeURIComponent(location.pathname + location.hash);
  return html`
    <p class="stale" role="alert"><span>${refusalText({ error: code })}</span>
      ${code === "not_signed_in" && html`<a href=${`/sign-in?next=${next}`}>${t("staff.sign_in")}</a>`}</p>`;
}
