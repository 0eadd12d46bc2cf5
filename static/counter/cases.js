// @ts-check
/** @typedef {import("./types.js").Ticket} Ticket */

/** One stay is one count: a person who comes back begins again. @param {Ticket} ticket */
const stayOf = (ticket) => `${ticket.id}/${ticket.joined_at}`;

/**
 * Counts the cases of the ticket at this window. The state of the hall does not hold them, only the
 * event that adds one, and that names the window.
 * @param {() => void} onChange
 */
export function keepCases(onChange) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  /** @type {Ticket | null} */
  let here = null;
  return {
    /** @param {Ticket | null} ticket the ticket at the window now */
    watch(ticket) {
      here = ticket;
      for (const stay of counts.keys()) if (!ticket || stay !== stayOf(ticket)) counts.delete(stay);
    },
    /** @param {{type: string, data: any}} event */
    hear({ type, data }) {
      const facts = (data && data.facts) || {};
      if (type !== "ticket.case_added" || !here || here.window !== facts.window) return;
      counts.set(stayOf(here), facts.cases);
      onChange();
    },
    /** @param {Ticket | null} ticket */
    of: (ticket) => (ticket && counts.get(stayOf(ticket))) || 1,
  };
}
