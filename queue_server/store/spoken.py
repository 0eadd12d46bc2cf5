"""Announcements that are not over: queued, reported as unspoken, or claimed and not ended."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from queue_server.domain.announcement import Announcement, Spoken
from queue_server.store.tables import announcements
from queue_server.store.unit_of_work import UnitOfWork


def _open(*conditions: sa.ColumnElement[bool]) -> sa.Select[Any]:
    # The condition of the partial index, word for word, so that it may be used.
    unfinished = sa.text("announcements.state IN ('queued', 'unspoken', 'started')")
    query = sa.select(announcements).where(announcements.c.hall_id == sa.bindparam("hall"), unfinished, *conditions)
    return query.order_by(announcements.c.seq)


#: Built once: building a statement costs more than running it.
CLAIMABLE_FOR = _open(announcements.c.state != Spoken.STARTED, announcements.c.window == sa.bindparam("at_window"))
QUEUED_UNTIL = _open(announcements.c.state == Spoken.QUEUED, announcements.c.at <= sa.bindparam("until"))
CLAIMED_UNTIL = _open(announcements.c.state == Spoken.STARTED, announcements.c.at <= sa.bindparam("until"))


def expect_claimable(uow: UnitOfWork, window: str) -> None:
    """``claimable_for`` will be asked before anything changes."""
    uow.expect(CLAIMABLE_FOR, hall=uow.hall_id, at_window=window)


def claimable_for(uow: UnitOfWork, window: str) -> list[Announcement]:
    """What a device may still claim for a window."""
    return uow.load(Announcement, CLAIMABLE_FOR, hall=uow.hall_id, at_window=window)


def queued_until(uow: UnitOfWork, at: datetime) -> list[Announcement]:
    """Calls of ``at`` or earlier that wait to be spoken and have not been reported."""
    return uow.load(Announcement, QUEUED_UNTIL, hall=uow.hall_id, until=at)


def claimed_until(uow: UnitOfWork, at: datetime) -> list[Announcement]:
    """Calls of ``at`` or earlier that a device claimed and has not ended."""
    return uow.load(Announcement, CLAIMED_UNTIL, hall=uow.hall_id, until=at)
