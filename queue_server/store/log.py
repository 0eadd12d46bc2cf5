"""Reading the event log and the head of a hall."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queue_server.domain.errors import UnknownHall
from queue_server.domain.events import Event
from queue_server.store.quick import asked
from queue_server.store.tables import events, hall_head

#: Asked for every piece of news and every reader, so built once: building a statement costs more than running it.
HEAD = sa.select(hall_head).where(hall_head.c.hall_id == sa.bindparam("hall"))
HALL_IDS = sa.select(hall_head.c.hall_id).order_by(hall_head.c.hall_id)
AFTER = (
    sa.select(events)
    .where(events.c.hall_id == sa.bindparam("hall"), events.c.seq > sa.bindparam("known"))
    .order_by(events.c.seq)
    .limit(sa.bindparam("most"))
)
#: The same with the head they lead to, of one moment without a transaction: at least one row, without an event.
NEWS = (
    sa.select(hall_head.c.epoch.label("head_epoch"), hall_head.c.seq.label("head_seq"), *events.c)
    .select_from(
        hall_head.outerjoin(
            events, sa.and_(events.c.hall_id == hall_head.c.hall_id, events.c.seq > sa.bindparam("known"))
        )
    )
    .where(hall_head.c.hall_id == sa.bindparam("hall"))
    .order_by(events.c.seq)
    .limit(sa.bindparam("most"))
)
HASH_AT = sa.select(events.c.hash).where(
    events.c.hall_id == sa.bindparam("hall"), events.c.seq == sa.bindparam("position")
)


@dataclass(frozen=True)
class Head:
    """Where a hall's log stands."""

    hall_id: str
    seq: int
    hash: str
    epoch: str
    last_at: datetime
    offset: timedelta

    def now(self, real: datetime) -> datetime:
        """Hall time at the real time ``real``."""
        return max(real + self.offset, self.last_at)


def head(connection: Connection, hall_id: str) -> Head:
    """The hall's head row. Refuses an unknown hall."""
    row = connection.execute(HEAD, {"hall": hall_id}).one_or_none()
    if row is None:
        raise UnknownHall(hall=hall_id)
    return Head(row.hall_id, row.seq, row.hash, row.epoch, row.last_at, timedelta(microseconds=row.offset_us))


def hall_ids(connection: Connection) -> list[str]:
    return list(connection.scalars(HALL_IDS))


def after(connection: Connection, hall_id: str, seq: int, limit: int) -> list[Event]:
    """Up to ``limit`` events behind ``seq``, in order."""
    return [Event(*row) for row in connection.execute(AFTER, {"hall": hall_id, "known": seq, "most": limit})]


def news(connection: Connection, hall_id: str, seq: int, limit: int) -> tuple[str, int, list[Event]]:
    """Epoch and position of the hall's head, and up to ``limit`` events behind ``seq``: one question.

    Refuses an unknown hall.
    """
    rows = asked(connection, NEWS, {"hall": hall_id, "known": seq, "most": limit})
    if not rows:
        raise UnknownHall(hall=hall_id)
    found = [(row.pop("head_epoch"), row.pop("head_seq"), row) for row in rows]
    epoch, head_seq, _ = found[0]
    return epoch, head_seq, [Event(**row) for _, _, row in found if row["hall_id"] is not None]


def hash_at(connection: Connection, hall_id: str, seq: int) -> str | None:
    return connection.scalar(HASH_AT, {"hall": hall_id, "position": seq})


def of_day(connection: Connection, hall_id: str, day: date, behind: int = 0) -> Generator[Event, None, None]:
    """The events of one business day behind position ``behind``, in order."""
    query = sa.select(events).where(events.c.hall_id == hall_id, events.c.day == day, events.c.seq > behind)
    return _stream(connection, query.order_by(events.c.seq))


def whole(connection: Connection, hall_id: str) -> Generator[Event, None, None]:
    """The whole log of a hall, in order, in small portions."""
    return _stream(connection, sa.select(events).where(events.c.hall_id == hall_id).order_by(events.c.seq))


def _stream(connection: Connection, query: sa.Select[Any]) -> Generator[Event, None, None]:
    # A caller that may stop early closes the generator, and with it the server's cursor.
    with connection.execution_options(yield_per=500).execute(query) as rows:
        for row in rows:
            yield Event(*row)
