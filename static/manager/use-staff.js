// @ts-check
import { getJSON } from "../lib/orders.js";
import { useEffect, useState } from "../lib/ui.js";

/** @typedef {{id: string, name: string, role: string, skills: string[] | null, active: boolean}} Member */
/** @typedef {{staff: Member[] | null, failed: string | null, reload: () => void}} Staff */

/**
 * The hall's staff: names are in no news.
 * @param {string} hall
 * @param {number} changed counts the news about staff
 * @returns {Staff}
 */
export function useStaff(hall, changed) {
  const [read, show] = useState(/** @type {{staff: Member[] | null, failed: string | null}} */ ({ staff: null, failed: null }));
  const reload = async () => {
    const { status, body } = await getJSON(`/api/halls/${encodeURIComponent(hall)}/staff`);
    if (status === 200) show({ staff: body.staff, failed: null });
    else show((/** @type {any} */ before) => ({ ...before, failed: body.error }));
  };
  useEffect(() => { reload(); }, [hall, changed]);
  return { ...read, reload };
}

/** @param {Staff} staff @param {string | null | undefined} id */
export function nameOfMember({ staff }, id) {
  const member = id ? (staff || []).find((one) => one.id === id) : null;
  return member ? member.name : "";
}
