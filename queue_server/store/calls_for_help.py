"""Queries over the calls for help."""

import sqlalchemy as sa

from queue_server.domain.alarm import Alarm
from queue_server.store.tables import alarms
from queue_server.store.unit_of_work import UnitOfWork


def open_at(uow: UnitOfWork, window: str) -> Alarm | None:
    """The one that is open at a window."""
    still_open = sa.text("alarms.ended_at IS NULL")
    query = sa.select(alarms).where(alarms.c.hall_id == uow.hall_id, still_open, alarms.c.window == window)
    row = uow.connection.execute(query.limit(1)).mappings().one_or_none()
    return None if row is None else uow.track(Alarm, row)
