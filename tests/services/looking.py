"""Looking at a hall from outside its orders."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from queue_server.domain.errors import Refused
from queue_server.domain.events import Event
from queue_server.services import maintenance
from queue_server.store import log, tables
from queue_server.store.engine import Store
from tests.support.halls import HALL, Bench


def seq(store: Store) -> int:
    with store.reading() as connection:
        return log.head(connection, HALL).seq


def events(store: Store) -> list[Event]:
    with store.reading() as connection:
        return list(log.whole(connection, HALL))


def types(store: Store, behind: int = 0) -> list[str]:
    return [event.type for event in events(store)[behind:]]


def rows(store: Store, table: sa.Table, **where: Any) -> list[dict[str, Any]]:
    with store.reading() as connection:
        found = connection.execute(sa.select(table).filter_by(**where))
        return [dict(row._mapping) for row in found]


def ticket(store: Store, ticket_id: str) -> dict[str, Any]:
    return rows(store, tables.tickets, id=ticket_id)[0]


def window(store: Store, code: str) -> dict[str, Any]:
    return rows(store, tables.windows, code=code)[0]


def visit(store: Store, ticket_id: str, n: int = 1) -> dict[str, Any]:
    return rows(store, tables.visits, ticket_id=ticket_id, n=n)[0]


def faults(store: Store) -> list[str]:
    with store.reading() as connection:
        return [fault.what for fault in (*maintenance.verify(connection), *maintenance.verify_statistics(connection))]


def everything(store: Store) -> dict[str, list[Any]]:
    """Every row of every table."""
    with store.reading() as connection:
        return {
            table.name: sorted(map(str, connection.execute(sa.select(table))))
            for table in tables.metadata.sorted_tables
        }


@contextmanager
def refused(hall: Bench, kind: type[Refused], **facts: Any) -> Iterator[None]:
    """The block must be refused so, and must leave no trace in any table."""
    before = everything(hall.store)
    with pytest.raises(kind) as refusal:
        yield
    assert everything(hall.store) == before
    assert refusal.value.facts | facts == refusal.value.facts
