// @ts-check
import { refusalText, t } from "../lib/i18n.js";
import { order } from "../lib/orders.js";
import { html, useState } from "../lib/ui.js";

/** Said once for each browser window: a reload is no reason to ask again. */
const ASKED = "counter.elsewhere";

/**
 * The clerk is signed in somewhere else too and came here to go on: one press ends it there. Nothing waits for it.
 * @param {{sessions: number, seated: boolean}} props
 */
export function Elsewhere({ sessions, seated }) {
  const [open, set] = useState(sessions > 0 && sessionStorage.getItem(ASKED) === null);
  const [problem, say] = useState("");
  const close = () => {
    sessionStorage.setItem(ASKED, "asked");
    set(false);
  };
  const end = async () => {
    const { status, body } = await order("DELETE", "/api/session/others");
    if (status === 200) close();
    else say(refusalText(body));
  };
  if (!open || !seated) return null;
  return html`
    <div class="elsewhere" role="status">
      <p>${problem || t("counter.elsewhere.text", { n: sessions })}</p>
      <button type="button" class="button small primary" data-action="end-others" onClick=${end}>${t("counter.elsewhere.end")}</button>
      <button type="button" class="button small" data-action="keep-others" onClick=${close}>${t("counter.elsewhere.keep")}</button>
    </div>`;
}
