"""Announcements that are not over: queued, reported as unspoken, or claimed and not ended."""

from datetime import datetime

import sqlalchemy as sa

from queue_server.domain.announcement import Announcement, Spoken
from queue_server.store.tables import announcements
from queue_server.store.unit_of_work import UnitOfWork


def claimable_for(uow: UnitOfWork, window: str) -> list[Announcement]:
    """What a device may still claim for a window."""
    return _open(uow, announcements.c.state != Spoken.STARTED, announcements.c.window == window)


def queued_until(uow: UnitOfWork, at: datetime) -> list[Announcement]:
    """Calls of ``at`` or earlier that wait to be spoken and have not been reported."""
    return _open(uow, announcements.c.state == Spoken.QUEUED, announcements.c.at <= at)


def claimed_until(uow: UnitOfWork, at: datetime) -> list[Announcement]:
    """Calls of ``at`` or earlier that a device claimed and has not ended."""
    return _open(uow, announcements.c.state == Spoken.STARTED, announcements.c.at <= at)


def _open(uow: UnitOfWork, *conditions: sa.ColumnElement[bool]) -> list[Announcement]:
    # The condition of the partial index, word for word, so that it may be used.
    unfinished = sa.text("announcements.state IN ('queued', 'unspoken', 'started')")
    query = sa.select(announcements).where(announcements.c.hall_id == uow.hall_id, unfinished, *conditions)
    return [uow.track(Announcement, row) for row in uow.connection.execute(query.order_by(announcements.c.seq))]
