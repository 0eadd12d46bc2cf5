"""Who is next: first come, first served, with a head start.

``turn_at`` is when a ticket's turn counts from. It is fixed when the ticket joins a line and
stored, so that the database only sorts by ``(turn_at, ordinal)``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from queue_server.domain.events import micros
from queue_server.domain.numbering import TicketClass
from queue_server.domain.ticket import Ticket

#: How much earlier than its reference time a ticket counts as come, by class. A head start rather
#: than a lane of its own: whoever has waited longer than the head start still goes first, so
#: nobody starves. Figures: docs/decisions/0004-priority-is-a-head-start.md.
CREDIT = {
    TicketClass.ORDINARY: timedelta(0),
    TicketClass.APPOINTMENT: timedelta(minutes=5),
    TicketClass.CARE: timedelta(minutes=15),
}
#: No credit may be larger, whatever a hall sets.
CREDIT_CAP = timedelta(minutes=30)
#: A window's secondary lines wait this much longer, for that window only.
SECONDARY_DELAY = timedelta(minutes=10)
#: An appointment checked in later than this after its slot counts from its check-in.
APPOINTMENT_GRACE = timedelta(minutes=10)
#: Somebody back with missing papers counts as come at most this long ago.
RETURN_CREDIT = timedelta(minutes=10)
POSTPONEMENT = timedelta(minutes=10)
JUST_BEHIND = timedelta(microseconds=1)


def turn_at(reference: datetime, ticket_class: TicketClass) -> datetime:
    """When the turn of a ticket counts from, for a first stay and for every transfer."""
    return reference - min(CREDIT[ticket_class], CREDIT_CAP)


def appointment_turn_at(slot: datetime, checked_in: datetime) -> datetime:
    """The turn of an appointment: from its slot, or from the check-in when that was late."""
    if checked_in > slot + APPOINTMENT_GRACE:
        return checked_in
    return turn_at(slot, TicketClass.APPOINTMENT)


def care_appointment_turn_at(slot: datetime, checked_in: datetime) -> datetime:
    """The turn of somebody with both an appointment and a claim to care: the earlier of the two."""
    return min(appointment_turn_at(slot, checked_in), turn_at(checked_in, TicketClass.CARE))


def returned_turn_at(old: datetime, now: datetime) -> datetime:
    """The turn of somebody who comes back with missing papers on the same day."""
    return max(old, now - RETURN_CREDIT)


def postponed_turn_at(old: datetime, now: datetime) -> datetime:
    """The turn of somebody who asked to be called ten minutes later."""
    return max(old, now + POSTPONEMENT)


def reinstated_turn_at(waiting: Sequence[datetime], times_back: int, now: datetime) -> datetime:
    """The turn of a missed person who came back.

    ``waiting`` holds the first three turns of the line, in order. The first time it is just
    behind the third of them, or behind the last when fewer wait; later times it is ``now``.
    """
    if times_back > 0 or not waiting:
        return now
    return waiting[:3][-1] + JUST_BEHIND


def promoted_turn_at(head: datetime) -> datetime:
    """The turn of a ticket that a supervisor puts first, given the head of the line."""
    return head - JUST_BEHIND


@dataclass(frozen=True)
class Candidate:
    """A waiting ticket as a window sees it."""

    ticket: Ticket
    secondary: bool = False

    @property
    def rank(self) -> tuple[datetime, int]:
        delay = SECONDARY_DELAY if self.secondary else timedelta(0)
        return self.ticket.turn_at + delay, self.ticket.ordinal


def choose(candidates: Sequence[Candidate]) -> tuple[Candidate | None, Candidate | None]:
    """The ticket to call and the runner-up, among the first two of each line served."""
    ranked = sorted(candidates, key=lambda candidate: candidate.rank)
    first = ranked[0] if ranked else None
    second = ranked[1] if len(ranked) > 1 else None
    return first, second


def reason(first: Candidate, second: Candidate | None, lines: Sequence[str]) -> dict[str, Any]:
    """Why this ticket and not another: kept with the call, shown to who asks.

    Turns are in microseconds, as in the log.
    """
    runner_up = None
    if second is not None:
        other = second.ticket
        runner_up = {"number": other.number, "turn_at": micros(other.turn_at), "class": other.ticket_class}
        runner_up |= {"reference_at": micros(other.reference_at)}
    added = SECONDARY_DELAY if first.secondary else timedelta(0)
    told = {
        "turn_at": micros(first.ticket.turn_at),
        "lines": list(lines),
        "runner_up": runner_up,
        "added_s": int(added.total_seconds()),
    }
    return told | ({"promoted": first.ticket.promoted} if first.ticket.promoted else {})


def chosen(ticket: Ticket, head: Candidate | None, lines: Sequence[str], why: str) -> dict[str, Any]:
    """Why a ticket was called that a clerk chose: ``runner_up`` is whose turn it was."""
    passed = head if head is not None and head.ticket is not ticket else None
    return reason(Candidate(ticket), passed, lines) | {"chosen": why}
