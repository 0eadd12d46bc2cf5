// @ts-check
/**
 * The shapes this page reads, as docs/protocol.md gives them in staff scope. Only what is used here.
 *
 * @typedef {"ordinary" | "care"} TicketClass
 *
 * @typedef {object} RunnerUp
 * @property {string} number
 * @property {string} turn_at
 * @property {TicketClass} [class]
 * @property {string} [reference_at]
 *
 * @typedef {object} Because Why the ticket was called.
 * @property {string} turn_at
 * @property {string[]} lines
 * @property {RunnerUp | null} runner_up
 * @property {number} added_s
 * @property {string} [promoted] why a supervisor put it first
 * @property {string} [chosen] why a clerk chose it; the runner-up is whose turn it was
 *
 * @typedef {{line: string, window: string | null, clerk: string | null}} Stop
 *
 * @typedef {object} Ticket
 * @property {string} id
 * @property {string} number
 * @property {string} line
 * @property {string} origin the line that gave the number
 * @property {"waiting" | "called" | "serving" | "missed" | "parked"} state
 * @property {string | null} window
 * @property {TicketClass} class
 * @property {number} ordinal
 * @property {string} turn_at
 * @property {string} issued_at
 * @property {string} reference_at
 * @property {string} joined_at
 * @property {string | null} called_at
 * @property {string | null} started_at
 * @property {string | null} missed_at
 * @property {number} calls
 * @property {number} reinstatements
 * @property {string | null} target_window
 * @property {string | null} target_clerk
 * @property {Stop[] | null} stops where the person goes on to
 * @property {string | null} return_at when a parked person said to be back
 * @property {string | null} promoted
 * @property {number} notes
 * @property {number} visit the number of the present stay; above 1 there were others
 * @property {number | null} [cases] at this stay; none is one
 * @property {Because | null} because
 *
 * @typedef {object} Window
 * @property {string} code
 * @property {"zero" | "specialist"} kind
 * @property {number} number
 * @property {"closed" | "open" | "paused"} state
 * @property {string | null} pause_reason
 * @property {string[]} lines
 * @property {string[]} secondary
 * @property {string | number | null} clerk
 * @property {string | null} since
 * @property {number} served
 * @property {number} handling_s
 * @property {string[] | null} [skills] lines its clerk may serve; null for all
 *
 * @typedef {{letter: string, name: string, name_en: string, kind: string, position: number, open: boolean,
 *   mean_minutes?: number, long_service_s?: number | null}} Line
 *
 * @typedef {object} Alarm A silent call for help.
 * @property {string} id
 * @property {string} window
 * @property {string} clerk
 * @property {string} at
 * @property {string | null} accepted_by
 * @property {string | null} accepted_at
 *
 * @typedef {object} Announcement
 * @property {number} seq
 * @property {string} number
 * @property {"queued" | "started" | "ended" | "failed" | "unspoken" | "replaced"} state
 * @property {string} at
 * @property {string | null} [ended_at]
 * @property {number | null} [shown] how many of the screens have drawn it
 * @property {number | null} [of] how many screens there were
 * @property {string | null} [unshown_at] when it was reported that no screen shows it
 *
 * @typedef {object} HallState
 * @property {{id: string, name: string, name_en: string, timezone: string, rules?: any}} hall
 * @property {{date: string, state: string} | null} day
 * @property {Record<string, Line>} lines
 * @property {Record<string, Window>} windows
 * @property {Record<string, Ticket>} tickets
 * @property {Announcement[]} announcements
 * @property {Record<string, Alarm>} [alarms] open ones
 */
export {};
