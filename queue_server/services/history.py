"""What a clerk is told of a person who was at other windows before: in one reading, of a few statements."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.engine import Connection, RowMapping

from queue_server.domain.errors import UnknownTicket
from queue_server.services.views import iso, wire
from queue_server.store import current, history, people

Answer = dict[str, Any]
#: Of a longer journey the latest stays are told.
STAYS_AT_MOST = 20
CONSULTATIONS_AT_MOST = 40
NOTES_AT_MOST = 50
STAY = (
    *("n", "line", "window", "by", "joined_at", "called_at", "started_at", "ended_at"),
    *("outcome", "result", "reason", "cases", "services"),
)
CONSULTATION = ("id", "at", "by", "channel", "outcome", "services", "missing")


def of_ticket(connection: Connection, hall_id: str, ticket_id: str) -> Answer:
    """The stays before the present one, oldest first, each with what was found out there; and the notes.

    Refuses an unknown ticket.
    """
    if not current.has_ticket(connection, hall_id, ticket_id):
        raise UnknownTicket()
    held = history.consultations_by_stay(connection, hall_id, ticket_id, CONSULTATIONS_AT_MOST)
    stays = reversed(history.earlier_stays(connection, hall_id, ticket_id, STAYS_AT_MOST))
    told = [_shown(stay, STAY) | {"consultations": _consultations(held, stay["n"])} for stay in stays]
    return {"stays": told, "notes": notes(connection, hall_id, ticket_id)}


def notes(connection: Connection, hall_id: str, ticket_id: str) -> list[Answer]:
    """What colleagues wrote about a ticket, newest first."""
    rows = people.ticket_notes(connection, hall_id, ticket_id, NOTES_AT_MOST)
    return [
        {"id": row["id"], "text": row["text"], "at": iso(row["at"]), "by": row["name"], "window": row["window"]}
        for row in rows
    ]


def _consultations(held: Mapping[int, list[Answer]], n: int) -> list[Answer]:
    return [_shown(one, CONSULTATION) for one in held.get(n, [])]


def _shown(row: Mapping[str, Any] | RowMapping, names: tuple[str, ...]) -> Answer:
    return {name: wire(name, row[name]) for name in names}
