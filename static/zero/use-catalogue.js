// @ts-check
import { Catalogue } from "../lib/catalogue.js";
import { useEffect, useMemo, useRef, useState } from "../lib/ui.js";
import { byCode } from "./sheet.js";

/**
 * The hall's services, and the same by code; read again when the news speak of another version.
 * @param {string} hall
 * @param {{hall: Record<string, any>} | null} state
 * @returns {{services: import("./sheet.js").Service[], known: import("./sheet.js").Known}}
 */
export function useCatalogue(hall, state) {
  const [services, show] = useState(/** @type {import("./sheet.js").Service[]} */ ([]));
  const catalogue = useRef(/** @type {Catalogue | null} */ (null));
  const version = state ? state.hall.services_version : undefined;
  useEffect(() => {
    const own = new Catalogue(hall, show);
    catalogue.current = own;
    return () => own.close();
  }, [hall]);
  useEffect(() => {
    if (catalogue.current && version) catalogue.current.follow(version);
  }, [hall, version]);
  const known = useMemo(() => byCode(services), [services]);
  return { services, known };
}
