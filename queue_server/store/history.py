"""What happened on a ticket's journey before the present stay, and by whom."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from queue_server.store.tables import staff, tickets, visits
from queue_server.store.zero_tables import consultations


def earlier_stays(connection: Connection, hall_id: str, ticket_id: str, limit: int) -> list[RowMapping]:
    """The stays before the present one with the name of whoever called last, newest first."""
    before = sa.select(visits, staff.c.name.label("by")).outerjoin(staff, staff.c.id == visits.c.clerk)
    before = before.join(tickets, tickets.c.id == visits.c.ticket_id).where(visits.c.n < tickets.c.visit)
    before = before.where(visits.c.hall_id == hall_id, visits.c.ticket_id == ticket_id)
    return list(connection.execute(before.order_by(visits.c.n.desc()).limit(limit)).mappings())


def consultations_by_stay(
    connection: Connection, hall_id: str, ticket_id: str, limit: int
) -> dict[int, list[dict[str, Any]]]:
    """The latest consultations of a ticket by the number of the stay, oldest first, with who held them."""
    query = sa.select(consultations, staff.c.name.label("by")).outerjoin(staff, staff.c.id == consultations.c.clerk)
    query = query.where(consultations.c.hall_id == hall_id, consultations.c.ticket_id == ticket_id)
    latest = connection.execute(query.order_by(consultations.c.at.desc(), consultations.c.id).limit(limit)).mappings()
    found: dict[int, list[dict[str, Any]]] = {}
    for row in reversed(latest.all()):
        found.setdefault(row["n"], []).append(dict(row))
    return found
