"""Things of the domain, made with only what a test is about."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from queue_server.domain.numbering import TicketClass
from queue_server.domain.ticket import State, Ticket

#: 09:00 of a Tuesday in Shanghai.
NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def at(text: str) -> datetime:
    """A time of day in Shanghai, on that Tuesday; ``09:00``, ``09:00:30`` and ``09:00:30.000001`` are understood."""
    hours, minutes, seconds = (*text.split(":"), "0")[:3]
    return NINE - timedelta(hours=9) + timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds))


def ticket(state: State = State.WAITING, **changed: Any) -> Ticket:
    values: dict[str, Any] = {
        "id": "0" * 32,
        "hall_id": "test",
        "day": date(2026, 11, 24),
        "origin": "A",
        "serial": 1,
        "ticket_class": TicketClass.ORDINARY,
        "number": "A001",
        "ordinal": 1,
        "channel": "kiosk",
        "line": "A",
        "issued_at": NINE,
        "reference_at": NINE,
        "turn_at": NINE,
        "joined_at": NINE,
        "state": state,
    }
    return Ticket(**values | changed)
