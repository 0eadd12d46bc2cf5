"""Where the databases differ: one file, with the reasons."""

import math
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine, make_url

from queue_server.store.turn import Turn

#: SQLite releases from 3.7.0 up to this one can corrupt a file when the WAL is reset.
LAST_UNSOUND_SQLITE = (3, 51, 2)
#: How long SQLite itself may block the event loop for a lock, in milliseconds.
BUSY_TIMEOUT_MS = 20
#: After how many pages of its log (4 kB each) a commit itself moves them into the file: a net only,
#: for ``checkpoint`` comes before it. SQLite's own 1,000 make every hundredth order do so, and hold
#: the event loop for 20 to 200 ms.
LOG_PAGES = 8000
#: What every connection to SQLite is told first. What is deleted is overwritten (secure_delete):
#: otherwise a note or a name would live on in the file's free pages, and in every backup of it.
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    f"PRAGMA wal_autocheckpoint={LOG_PAGES}",
)


class Busy(Exception):
    """The database stayed locked for longer than an order may wait, or is away; a later try may succeed."""


class Away(Busy):
    """The database could not be reached at all; its text is the driver's, which names host and port."""


class DiskFull(Exception):
    """The database could not grow; nothing was changed, reading goes on."""


def sqlite_module() -> ModuleType:
    """The newest SQLite there is: the wheel's, else the system's."""
    try:
        import pysqlite3  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return sqlite3
    return pysqlite3.dbapi2  # type: ignore[no-any-return,unused-ignore]


def sqlite_is_sound() -> bool:
    """Whether the SQLite in use is free of the WAL-reset bug."""
    version = tuple(int(part) for part in sqlite_module().sqlite_version.split("."))
    return version > LAST_UNSOUND_SQLITE


@dataclass
class Store:
    """A database: an engine that writes and one that only reads; for what is done all the time PostgreSQL has
    two more, whose connections need not be told anew each time that they begin no transaction by themselves.

    An engine belongs to one process and to the thread of its hub; neither is ever shared with
    a pool of threads.
    """

    url: str
    writer: Engine
    reader: Engine
    #: For units of work: on PostgreSQL these say BEGIN together with their first question.
    orders: Engine
    #: For single questions, each of a moment of its own.
    glancer: Engine
    #: One writer at a time in this process, so that nobody spins on SQLite's own lock.
    turn: Turn = field(default_factory=Turn)
    #: Lets commands that read or change everything wait as long as it takes.
    take_time: Callable[[], None] = lambda: None

    @property
    def is_sqlite(self) -> bool:
        return self.writer.dialect.name == "sqlite"

    @property
    def path(self) -> Path:
        """The SQLite file. Raises ValueError on PostgreSQL."""
        if not self.is_sqlite or not self.writer.url.database:
            raise ValueError("this database is not a file")
        return Path(self.writer.url.database)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the database and changes nothing.

        Raises Busy when the database is away.
        """
        with self._connected(self.reader) as connection:
            yield connection

    @contextmanager
    def glancing(self) -> Iterator[Connection]:
        """As ``reading``, for questions that may each be of a moment of its own.

        On PostgreSQL that saves the BEGIN and the ROLLBACK around the one question of every request.
        """
        with self._connected(self.glancer) as connection:
            yield connection

    @staticmethod
    @contextmanager
    def _connected(engine: Engine) -> Iterator[Connection]:
        try:
            with engine.connect() as connection:
                yield connection
        except (sa.exc.DBAPIError, sa.exc.TimeoutError) as error:
            if is_away(error):
                raise Away(_first_line(error)) from error
            raise

    def dispose(self) -> None:
        for engine in (self.writer, self.reader, self.orders, self.glancer):
            engine.dispose()


def sqlite_url(path: Path) -> str:
    """The address of a SQLite file; made from its parts, as a folder's name may hold a ``?``."""
    return sa.URL.create("sqlite", database=str(path.resolve())).render_as_string(hide_password=False)


def open_store(url: str) -> Store:
    """Open a database by URL: ``sqlite:////path/hall.db`` or ``postgresql+psycopg://…``.

    Raises ValueError for any other kind.
    """
    backend = make_url(url).get_backend_name()
    if backend == "sqlite":
        writer, reader = _sqlite(url, "BEGIN IMMEDIATE", pool_size=1), _sqlite(url, "BEGIN", pool_size=5)
        return Store(url, writer, reader, orders=writer, glancer=reader)
    if backend == "postgresql":
        # Without this psycopg waits in C and stops every green thread of the process.
        os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")
        return _postgresql_store(url)
    raise ValueError(f"neither SQLite nor PostgreSQL: {backend}")


def upsert(connection: Connection, table: sa.Table, key: dict[str, Any], values: dict[str, Any]) -> None:
    """Insert a row, or change the one that has the key: one statement, whoever else does the same."""
    insert = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[connection.dialect.name]
    kept: Any = insert(table).values(**key, **values)
    connection.execute(kept.on_conflict_do_update(index_elements=list(key), set_=values))


def checkpoint(path: Path) -> None:
    """Move what SQLite's write-ahead log holds into its file, while others read and write.

    It waits for the disk, so it belongs in another thread; its connection is its own.
    """
    connection = sqlite_module().connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    finally:
        connection.close()


def open_copy(path: Path) -> Store:
    """Open a SQLite file only to read it: a backup stays byte for byte what it is, on any medium."""
    url = sa.URL.create(
        "sqlite", database=f"file:{quote(str(path.resolve()))}", query={"mode": "ro", "immutable": "1", "uri": "true"}
    )
    engine = sa.create_engine(url, module=sqlite_module(), hide_parameters=True)
    return Store(str(path), engine, engine, orders=engine, glancer=engine)


def _sqlite(url: str, begin: str, pool_size: int) -> Engine:
    engine = sa.create_engine(
        url,
        module=sqlite_module(),
        poolclass=sa.QueuePool,
        pool_size=pool_size,
        max_overflow=0,
        # An error's text must not carry a row into a log.
        hide_parameters=True,
        connect_args={"check_same_thread": False, "isolation_level": None, "timeout": BUSY_TIMEOUT_MS / 1000},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:
        for pragma in PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def take_lock(connection: Connection) -> None:
        # A transaction that reads and then writes must own the write lock before it reads:
        # otherwise the slower of two fails with "database is locked" at its first write.
        # SQLite ignores FOR UPDATE, so this is also what keeps two windows apart.
        connection.exec_driver_sql(begin)

    return engine


#: PostgreSQL's own limits for writers: an order gives up before a clerk does, and a worker that
#: vanished in the middle does not hold the hall for hours.
POSTGRESQL_LIMITS = "-c lock_timeout=4s -c idle_in_transaction_session_timeout=5s"
#: How long a request waits for one of the connections to PostgreSQL, in seconds.
CONNECTION_WITHIN_S = 5
#: A connection that has rested for longer is asked whether it is alive before it is used, in seconds.
ASKED_AFTER_S = 1.0
#: SQLSTATEs of a server that is stopping, starting or full, or that ended the session: class 08, and these.
AWAY = frozenset({"57P01", "57P02", "57P03", "57P05", "25P03", "53300"})
#: Lock timeout, deadlock, serialization failure, a statement that took too long.
LOCKED = frozenset({"55P03", "40P01", "40001", "57014"})
#: Disk full, and an input or output error.
FULL = frozenset({"53100", "58030"})


def _postgresql_store(url: str) -> Store:
    from queue_server.store.postgres import Limit

    limit = Limit()
    # Together 16 connections at most, so that six processes fit PostgreSQL's usual 100. All are kept once they
    # were needed: to make one takes longer than an order.
    writer = _postgresql(url, "READ COMMITTED", 4, limit, POSTGRESQL_LIMITS)
    # A snapshot and the position it belongs to must be of one moment.
    reader = _postgresql(url, "REPEATABLE READ", 4, limit)
    # Units of work take turns, so one would do; the second stands in for one that is lost and not given up yet.
    orders = _postgresql(url, "AUTOCOMMIT", 2, limit, POSTGRESQL_LIMITS)
    glancer = _postgresql(url, "AUTOCOMMIT", 6, limit)

    def take_time() -> None:
        limit.seconds = None

    return Store(url, writer, reader, orders, glancer, take_time=take_time)


def _postgresql(url: str, isolation: Any, most: int, limit: Any, options: str = "") -> Engine:
    engine = sa.create_engine(
        url,
        isolation_level=isolation,
        pool_size=most,
        max_overflow=0,
        pool_timeout=CONNECTION_WITHIN_S,
        hide_parameters=True,
        connect_args={"options": options, "application_name": f"window-zero {os.getpid()}"},
    )

    @event.listens_for(engine, "do_connect")
    def connect(dialect: Any, record: Any, arguments: Any, named: dict[str, Any]) -> Any:
        from queue_server.store import postgres

        return postgres.connect(limit, named)

    _ask_the_idle(engine, limit)
    return engine


def _ask_the_idle(engine: Engine, limit: Any) -> None:
    """Look whether a connection is alive only when it has rested, or when another of the store's was lost
    meanwhile: asking before every use is one question more for each of the connections behind an order.
    One that died within the second is ``is_away``, as it is when it dies in the middle; the others are not."""

    @event.listens_for(engine, "invalidate")
    def lose(connection: Any, record: Any, error: Any) -> None:
        limit.lost_at = time.monotonic()

    @event.listens_for(engine, "checkin")
    def rest(connection: Any, record: Any) -> None:
        record.info["resting_since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def look(connection: Any, record: Any, proxy: Any) -> None:
        if record.info.get("resting_since", math.inf) > max(time.monotonic() - ASKED_AFTER_S, limit.lost_at):
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise sa.exc.InvalidatePoolError from error


def _first_line(error: sa.exc.DBAPIError | sa.exc.TimeoutError) -> str:
    return str(getattr(error, "orig", None) or error).strip().split("\n")[0]


def is_away(error: sa.exc.DBAPIError | sa.exc.TimeoutError) -> bool:
    """Whether the database could not be reached: what was under way may have been done or not, and may be
    sent again under its key."""
    if isinstance(error, sa.exc.TimeoutError):
        return True
    # No SQLSTATE: the network's word, not PostgreSQL's. SQLite has none ever.
    state = getattr(error.orig, "sqlstate", "")
    if state is None:
        return isinstance(error, sa.exc.OperationalError)
    return state in AWAY or state[:2] == "08"


def is_locked(error: sa.exc.DBAPIError) -> bool:
    """Whether a later try may succeed: another process holds the lock.

    PostgreSQL says it by code: its words are in the language that the database was made in.
    """
    return getattr(error.orig, "sqlstate", None) in LOCKED or "database is locked" in str(error.orig)


def is_full(error: sa.exc.DBAPIError) -> bool:
    text = str(error.orig)
    if "disk is full" in text or "disk I/O error" in text:
        return True
    return getattr(error.orig, "sqlstate", None) in FULL
