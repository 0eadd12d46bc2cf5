// @ts-check
/** The draft of the hall's layout: read from the server, changed here, saved as a whole. */
import { t } from "../lib/i18n.js";
import { getJSON } from "../lib/orders.js";
import { useEffect, useState } from "../lib/ui.js";
import { useOrders } from "../manager/use-orders.js";

/** @param {string} hall */
export function useLayout(hall) {
  const [draft, set] = useState(/** @type {any} */ (null));
  const [saved, keep] = useState("");
  const [state, know] = useState(/** @type {any} */ (null));
  const orders = useOrders(hall);
  const at = `/api/halls/${encodeURIComponent(hall)}`;
  useEffect(() => { read(at, { set, keep, know, say: orders.say }); }, [at]);
  const save = async () => {
    const answer = await orders.send("PUT", "/board-layout", draft, t("preview.saved"));
    if (!answer) return;
    set(answer.layout);
    keep(JSON.stringify(answer.layout));
  };
  return { draft, set, state, save, orders, changed: draft !== null && JSON.stringify(draft) !== saved };
}

/** @param {string} at @param {any} take */
async function read(at, { set, keep, know, say }) {
  const [layout, snapshot] = await Promise.all([getJSON(`${at}/board-layout`), getJSON(`${at}/snapshot?scope=public`)]);
  if (layout.status !== 200 || snapshot.status !== 200) return say(t("error.unreachable"), "bad");
  set(layout.body.layout);
  keep(JSON.stringify(layout.body.layout));
  know(snapshot.body.snapshot);
}

/** Everything in one file, to be kept or taken to another hall. @param {any} draft */
export function exported(draft) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`${JSON.stringify(draft, null, 2)}\n`], { type: "application/json" }));
  link.download = "board-layout.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** A file's layout; null when it is not one. The server judges its fields when it is saved. @param {File} file */
export async function imported(file) {
  try {
    const layout = JSON.parse(await file.text());
    return layout && layout.boards && layout.boards.main ? layout : null;
  } catch {
    return null;
  }
}
