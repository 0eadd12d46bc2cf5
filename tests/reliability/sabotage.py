"""Builds with a guard taken out, for the tests which prove that its absence would be seen.

The product has no switch for any of this: a process of a race, or the test-only
``doctored_wsgi``, names the guards and is patched before it opens a database. Guards that the
database itself keeps are left out of a database of its own, by ``weak_tables``.

What stands between a hall and a number called twice, from the outside in, and what each does when
those before it are gone:

``lock``        the write lock (BEGIN IMMEDIATE; FOR UPDATE on the hall's head). Alone it is enough.
``snapshot``    SQLite only: a transaction that read an old state may not write. Orders fail.
``log``         the head moves only from where it was read, and no position is in the log twice. Orders fail.
``claim``       ``UPDATE … WHERE state = 'waiting'``: no ticket is called twice. Orders fail.
``numbers``     the unique indexes: no number is given twice, no two tickets at a window. Orders fail.
``keys``        the stored answer: the same press again does nothing and is told the same.
``commit_first`` whoever is woken for the news is woken after the commit.
``own_reading`` the publisher tells what another connection reads in the log, so nothing uncommitted.
"""

import time
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from queue_server.domain.events import Event
from queue_server.protocol import EVENT, NAMESPACE
from queue_server.services import news
from queue_server.store import engine, idempotency, records, tables, unit_of_work
from queue_server.store.engine import Store
from queue_server.store.unit_of_work import UnitOfWork

#: How long news that come too early are ahead of their commit, in seconds.
AHEAD_S = 0.02


def put(owner: Any, name: str, instead: Any) -> None:
    """Put something else in the place of a module's or a class's function, in this process."""
    setattr(owner, name, instead)


def take_out(guards: Iterable[str]) -> None:
    """Patch this process. Before any database is opened."""
    for guard in guards:
        GUARDS[guard]()


def _begin_with(statement: str) -> None:
    make = engine._sqlite

    def made(url: str, begin: str, pool_size: int) -> sa.Engine:
        return make(url, statement if begin == "BEGIN IMMEDIATE" else begin, pool_size)

    put(engine, "_sqlite", made)


def _lock() -> None:
    _begin_with("BEGIN")
    put(sa.Select, "with_for_update", lambda self, **options: self)


def _snapshot() -> None:
    """Every statement for itself. On PostgreSQL nothing: it writes at READ COMMITTED anyway."""
    _begin_with("SELECT 1 WHERE 0")
    # Every statement waits for the file by itself.
    _told("busy_timeout=2000")


def _log() -> None:
    """Half of it; the other half, the keys of the log's table, is left out by ``weak_tables``."""
    head = tables.hall_head
    moved = head.update().where(head.c.hall_id == sa.bindparam("hall"))
    put(unit_of_work, "_moved_head", lambda: moved)


@cache
def _unguarded(table: sa.Table) -> sa.Update:
    """As ``records._guarded_update``, of the row in whatever state it is."""
    here = [column == sa.bindparam(f"old_{column.name}") for column in records.key_columns(table)]
    return table.update().where(*here)


def _claim() -> None:
    put(records, "_guarded_update", _unguarded)


def _keys() -> None:
    put(idempotency, "keep", lambda uow, press, answer: None)


def _commit_first() -> None:
    finish = UnitOfWork._finish

    def told_too_early(self: UnitOfWork) -> None:
        if self.seq > self._first_seq:
            self._wake()
            time.sleep(AHEAD_S)
        finish(self)

    put(UnitOfWork, "_finish", told_too_early)


def _own_reading() -> None:
    """The server hands on each event as it is recorded, and its readers have it before the commit."""
    from queue_server.realtime import publisher

    append: Any = UnitOfWork._append
    publishers: list[publisher.Publisher] = []
    begin: Any = publisher.Publisher.__init__

    def remember(self: publisher.Publisher, *arguments: Any) -> None:
        begin(self, *arguments)
        publishers.append(self)

    def told_at_once(self: UnitOfWork, *arguments: Any) -> None:
        append(self, *arguments)
        row = sa.select(tables.events).where(tables.events.c.hall_id == self.hall_id, tables.events.c.seq == self.seq)
        written = Event(*self.connection.execute(row).one())
        for each in publishers:
            each._socketio.emit(EVENT, news.envelope(written, "public"), namespace=NAMESPACE)
            time.sleep(AHEAD_S)

    put(publisher.Publisher, "__init__", remember)
    put(UnitOfWork, "_append", told_at_once)


def _told(pragma: str) -> None:
    """Tell each connection to SQLite something more, after what the product tells it."""
    make = engine._sqlite

    def made(url: str, begin: str, pool_size: int) -> sa.Engine:
        lazy = make(url, begin, pool_size)
        event.listen(lazy, "connect", lambda raw, record: raw.execute(f"PRAGMA {pragma}"))
        return lazy

    put(engine, "_sqlite", made)


GUARDS: dict[str, Callable[[], None]] = {
    "lock": _lock,
    "snapshot": _snapshot,
    "log": _log,
    "claim": _claim,
    "numbers": lambda: None,
    "keys": _keys,
    "commit_first": _commit_first,
    "own_reading": _own_reading,
    # SQLite as it is often recommended: the answer does not wait for the disk.
    "sync_full": partial(_told, "synchronous=NORMAL"),
}


def weak_tables(store: Store, guards: Iterable[str]) -> None:
    """Build an empty database without the guards that the database would keep itself."""
    weak = sa.MetaData()
    for table in tables.metadata.sorted_tables:
        table.to_metadata(weak)
    if "log" in guards:
        for name in ("events", "announcements"):
            _without_key(weak.tables[name], weak)
    if "numbers" in guards:
        tickets = weak.tables["tickets"]
        tickets.constraints -= {c for c in tickets.constraints if isinstance(c, sa.UniqueConstraint)}
        tickets.indexes -= {index for index in tickets.indexes if index.unique}
    with store.writer.begin() as connection:
        weak.create_all(connection)


def _without_key(table: sa.Table, weak: sa.MetaData) -> None:
    columns = [sa.Column(column.name, column.type, nullable=True) for column in table.columns]
    name = table.name
    weak.remove(table)
    sa.Table(name, weak, *columns)
