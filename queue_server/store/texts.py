"""What people said and were told, in words: a side table, never in the log."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from queue_server.store.tables import staff, tickets, visits
from queue_server.store.zero_tables import blocked_cases, consultations, texts


def add(connection: Connection, **values: Any) -> None:
    connection.execute(texts.insert().values(**values))


def about(connection: Connection, ids: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """By what they are about the texts, oldest first, with the writer's name."""
    query = sa.select(texts, staff.c.name).outerjoin(staff, staff.c.id == texts.c.clerk)
    found: dict[str, list[dict[str, Any]]] = {}
    for row in connection.execute(
        query.where(texts.c.about.in_(list(ids))).order_by(texts.c.at, texts.c.id)
    ).mappings():
        found.setdefault(row["about"], []).append(dict(row))
    return found


def open_consultations(connection: Connection, hall_id: str, limit: int) -> list[RowMapping]:
    """Those that wait for an answer, oldest first."""
    waits = sa.text("consultations.outcome IS NULL")
    query = sa.select(consultations).where(consultations.c.hall_id == hall_id, waits)
    return list(connection.execute(query.order_by(consultations.c.at).limit(limit)).mappings())


def consultations_of(connection: Connection, hall_id: str, day: date) -> list[dict[str, Any]]:
    query = sa.select(consultations).where(consultations.c.hall_id == hall_id, consultations.c.day == day)
    return [dict(row) for row in connection.execute(query.order_by(consultations.c.at)).mappings()]


def without_entry(connection: Connection, hall_id: str, limit: int) -> list[RowMapping]:
    """Consultations for which the catalogue had no good answer, newest first."""
    query = sa.select(consultations).where(consultations.c.hall_id == hall_id, consultations.c.no_entry)
    return list(connection.execute(query.order_by(consultations.c.at.desc()).limit(limit)).mappings())


def register(connection: Connection, hall_id: str, limit: int) -> list[RowMapping]:
    """Blocked cases, newest first."""
    query = sa.select(blocked_cases).where(blocked_cases.c.hall_id == hall_id)
    return list(connection.execute(query.order_by(blocked_cases.c.at.desc()).limit(limit)).mappings())


def consultation(connection: Connection, hall_id: str, consultation_id: str) -> RowMapping | None:
    query = sa.select(consultations).where(consultations.c.hall_id == hall_id, consultations.c.id == consultation_id)
    return connection.execute(query).mappings().one_or_none()


def number_of(connection: Connection, ticket_id: str | None) -> str | None:
    """The number of a ticket, for those who have one."""
    return connection.scalar(sa.select(tickets.c.number).where(tickets.c.id == ticket_id))


def visits_of(connection: Connection, hall_id: str, day: date) -> list[dict[str, Any]]:
    columns = visits.c.ticket_id, visits.c.n, visits.c.line, visits.c.outcome
    query = sa.select(*columns).where(visits.c.hall_id == hall_id, visits.c.day == day)
    return [dict(row) for row in connection.execute(query).mappings()]
