"""Zones, and the announcements that say how their loudspeakers keep up."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from queue_server.domain.announcement import Announcement
from queue_server.domain.zone import Zone
from queue_server.store.tables import announcements, zones
from queue_server.store.unit_of_work import UnitOfWork

#: Of the latest calls so many are looked at for proofs: what readers keep.
LATEST = (
    sa.select(announcements)
    .where(announcements.c.hall_id == sa.bindparam("hall"), announcements.c.day == sa.bindparam("on"))
    .order_by(announcements.c.seq.desc())
    .limit(sa.bindparam("most"))
)
#: The condition of the partial index, word for word, so that it may be used.
OPEN = (
    sa.select(announcements.c.zone, announcements.c.state, announcements.c.at, announcements.c.device)
    .where(
        announcements.c.hall_id == sa.bindparam("hall"),
        sa.text("announcements.state IN ('queued', 'unspoken', 'started')"),
    )
    .order_by(announcements.c.seq)
)
ENDED = sa.select(sa.func.max(announcements.c.ended_at)).where(
    announcements.c.hall_id == sa.bindparam("hall"),
    announcements.c.day == sa.bindparam("on"),
    announcements.c.zone == sa.bindparam("within"),
)
STARTED = sa.select(announcements.c.zone, announcements.c.at, announcements.c.started_at).where(
    announcements.c.hall_id == sa.bindparam("hall"),
    announcements.c.day == sa.bindparam("on"),
    announcements.c.started_at >= sa.bindparam("since"),
)
ZONES = sa.select(zones).where(zones.c.hall_id == sa.bindparam("hall")).order_by(zones.c.position, zones.c.code)


def of_hall(connection: Connection, hall_id: str) -> list[RowMapping]:
    """The hall's zones in their own order."""
    return [row._mapping for row in connection.execute(ZONES, {"hall": hall_id})]


def loaded(uow: UnitOfWork) -> list[Zone]:
    """The same, to be changed and recorded."""
    return uow.load(Zone, ZONES, hall=uow.hall_id)


def latest(connection: Connection, hall_id: str, on: date, most: int) -> list[Any]:
    """The newest announcements of a day, newest first."""
    return list(connection.execute(LATEST, {"hall": hall_id, "on": on, "most": most}))


def latest_calls(uow: UnitOfWork, on: date, most: int) -> list[Announcement]:
    """The same, oldest first, to be changed and recorded."""
    return uow.load(Announcement, LATEST, hall=uow.hall_id, on=on, most=most)[::-1]


def unfinished(connection: Connection, hall_id: str) -> list[Any]:
    """What is not over, oldest first: ``zone``, ``state``, ``at``, ``device``."""
    return list(connection.execute(OPEN, {"hall": hall_id}))


def ended_last(connection: Connection, hall_id: str, on: date, zone: str) -> datetime | None:
    """When an announcement of the zone last came to its end, on this day."""
    found: datetime | None = connection.scalar(ENDED, {"hall": hall_id, "on": on, "within": zone})
    return found


def started_since(connection: Connection, hall_id: str, on: date, since: datetime) -> list[Any]:
    """What began to sound since, on this day: ``zone``, ``at``, ``started_at``."""
    return list(connection.execute(STARTED, {"hall": hall_id, "on": on, "since": since}))
