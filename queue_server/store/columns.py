"""What columns of all tables have in common."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from queue_server.domain.events import micros, moment

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An instant as integer microseconds since 1970 in UTC: exact, and the same on both databases.

    Refuses naive datetimes.
    """

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:
        return None if value is None else micros(value.astimezone(UTC) if value.tzinfo else value)

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:
        return None if value is None else moment(value)


Id = sa.String(32)
Code = sa.String(8)
ZoneCode = sa.String(16)


def hall_column() -> sa.Column[str]:
    return sa.Column("hall_id", Id, sa.ForeignKey("halls.id"), nullable=False)


def one_of(name: str, values: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values.split())
    return sa.CheckConstraint(f"{name} IN ({listed})", name=name)
