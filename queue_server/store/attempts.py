"""Wrong passwords by name, and buckets by whom they limit: under keyed hashes only, never a name or an address."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queue_server.domain.attempts import Limit
from queue_server.store.columns import Instant, metadata
from queue_server.store.engine import upsert

#: Wrong passwords in a row of a name, which need not be an account's. By the real clock, not the hall's.
sign_in_attempts = sa.Table(
    "sign_in_attempts",
    metadata,
    sa.Column("name_hash", sa.String(64), primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("locked_until", Instant),
    sa.Column("at", Instant, nullable=False, index=True),
)

#: How full each bucket was when something last went in. By the real clock.
buckets = sa.Table(
    "buckets",
    metadata,
    sa.Column("key_hash", sa.String(64), primary_key=True),
    sa.Column("level", sa.Float, nullable=False),
    sa.Column("at", Instant, nullable=False, index=True),
)


def of_name(connection: Connection, name_hash: str) -> Any:
    """``failures``, ``locked_until`` and ``at`` of a name; None while nothing was wrong."""
    columns = sign_in_attempts.c
    query = sa.select(columns.failures, columns.locked_until, columns.at).where(columns.name_hash == name_hash)
    return connection.execute(query).one_or_none()


def keep(connection: Connection, name_hash: str, failures: int, locked_until: datetime | None, now: datetime) -> None:
    values = {"failures": failures, "locked_until": locked_until, "at": now}
    upsert(connection, sign_in_attempts, {"name_hash": name_hash}, values)


def forget(connection: Connection, name_hash: str) -> None:
    connection.execute(sign_in_attempts.delete().where(sign_in_attempts.c.name_hash == name_hash))


def forget_before(connection: Connection, moment: datetime) -> None:
    """Forget what counts for nobody any more."""
    for table in (sign_in_attempts, buckets):
        connection.execute(table.delete().where(table.c.at < moment))


def room_at(connection: Connection, limit: Limit, key_hash: str, now: datetime) -> datetime | None:
    """From when one more fits into the bucket; None when one does now."""
    row = _bucket(connection, key_hash)
    return None if row is None else limit.room_at(row.level, row.at, now)


def fill(connection: Connection, limit: Limit, key_hash: str, now: datetime) -> None:
    """Put one in. Two at the same moment in two halls may count as one: a limit, not an account."""
    row = _bucket(connection, key_hash)
    level = limit.with_one_more(row.level, row.at, now) if row else 1.0
    upsert(connection, buckets, {"key_hash": key_hash}, {"level": level, "at": now})


def _bucket(connection: Connection, key_hash: str) -> Any:
    query = sa.select(buckets.c.level, buckets.c.at).where(buckets.c.key_hash == key_hash)
    return connection.execute(query).one_or_none()
