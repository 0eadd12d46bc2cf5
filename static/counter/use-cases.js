// @ts-check
import { useMemo, useState } from "../lib/ui.js";
import { keepCases } from "./cases.js";

/** How many cases the stay at this window is about, as far as the news told since this page was opened. */
export function useCases() {
  const [, draw] = useState(0);
  const kept = useMemo(() => keepCases(() => draw((/** @type {number} */ n) => n + 1)), []);
  return kept;
}
