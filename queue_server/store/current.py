"""The present rows of a hall, as plain values: what snapshots and ``hall verify`` read."""

from datetime import date, datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from queue_server.domain.errors import UnknownHall
from queue_server.domain.service import Service
from queue_server.store.records import from_row
from queue_server.store.tables import alarms, announcements, days, halls, lines, metadata, services, tickets, windows

Row = RowMapping


def _rows(connection: Connection, query: sa.Select[Any]) -> list[Row]:
    return [row._mapping for row in connection.execute(query)]


def hall(connection: Connection, hall_id: str) -> Row:
    """The hall's row. Refuses an unknown hall."""
    found = _rows(connection, sa.select(halls).where(halls.c.id == hall_id))
    if not found:
        raise UnknownHall(hall=hall_id)
    return found[0]


def hall_lines(connection: Connection, hall_id: str) -> list[Row]:
    return _rows(connection, sa.select(lines).where(lines.c.hall_id == hall_id).order_by(lines.c.position))


def services_version(connection: Connection, hall_id: str) -> str | None:
    """The version of the hall's services; None while it has none. Refuses an unknown hall."""
    found = connection.execute(sa.select(halls.c.services_version).where(halls.c.id == hall_id)).one_or_none()
    if found is None:
        raise UnknownHall(hall=hall_id)
    return cast("str | None", found[0])


def hall_services(connection: Connection, hall_id: str) -> list[Service]:
    """The hall's services by their codes."""
    query = sa.select(services).where(services.c.hall_id == hall_id).order_by(services.c.code)
    return [from_row(Service, row) for row in _rows(connection, query)]


def hall_windows(connection: Connection, hall_id: str) -> list[Row]:
    query = sa.select(windows).where(windows.c.hall_id == hall_id)
    return _rows(connection, query.order_by(windows.c.kind.desc(), windows.c.number))


def window_of(connection: Connection, hall_id: str, clerk: str) -> str | None:
    """The window where a clerk sits."""
    query = sa.select(windows.c.code).where(windows.c.hall_id == hall_id, windows.c.clerk == clerk)
    return connection.scalar(query)


def latest_day(connection: Connection, hall_id: str) -> Row | None:
    query = sa.select(days).where(days.c.hall_id == hall_id).order_by(days.c.date.desc()).limit(1)
    found = _rows(connection, query)
    return found[0] if found else None


def day(connection: Connection, hall_id: str, on: date) -> Row | None:
    found = _rows(connection, sa.select(days).where(days.c.hall_id == hall_id, days.c.date == on))
    return found[0] if found else None


def live_tickets(connection: Connection, hall_id: str) -> list[Row]:
    live = sa.text("tickets.state IN ('waiting', 'called', 'serving', 'missed', 'parked')")
    return _rows(connection, sa.select(tickets).where(tickets.c.hall_id == hall_id, live).order_by(tickets.c.ordinal))


def latest_announcements(connection: Connection, hall_id: str, on: date, limit: int) -> list[Row]:
    """The newest announcements of a day, newest first."""
    query = sa.select(announcements).where(announcements.c.hall_id == hall_id, announcements.c.day == on)
    return _rows(connection, query.order_by(announcements.c.seq.desc()).limit(limit))


def open_alarms(connection: Connection, hall_id: str) -> list[Row]:
    """Calls for help that are not over, oldest first."""
    query = sa.select(alarms).where(alarms.c.hall_id == hall_id, sa.text("alarms.ended_at IS NULL"))
    return _rows(connection, query.order_by(alarms.c.at))


def everything(connection: Connection, hall_id: str, table_name: str) -> list[Row]:
    """All rows of one folded table of a hall."""
    table = metadata.tables[table_name]
    owner = table.c.hall_id if "hall_id" in table.c else table.c.id
    return _rows(connection, sa.select(table).where(owner == hall_id))


def oldest_unfinished(connection: Connection, hall_id: str, state: str) -> datetime | None:
    """Hall time of the oldest call in ``state``: ``queued`` (not reported yet) or ``started`` (not ended)."""
    unfinished = sa.text("announcements.state IN ('queued', 'unspoken', 'started')")
    query = sa.select(announcements.c.at).where(announcements.c.hall_id == hall_id, unfinished)
    return connection.scalar(query.where(announcements.c.state == state).order_by(announcements.c.seq).limit(1))


def has_ticket(connection: Connection, hall_id: str, ticket_id: str) -> bool:
    query = sa.select(tickets.c.id).where(tickets.c.hall_id == hall_id, tickets.c.id == ticket_id)
    return connection.scalar(query) is not None
