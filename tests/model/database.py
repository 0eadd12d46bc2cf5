"""Databases that thousands of short histories share: reset between them, killed in the middle of them."""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, NoReturn, Protocol
from unittest import mock

import sqlalchemy as sa
from sqlalchemy import event

from queue_server.cli import database as releases
from queue_server.store import tables
from queue_server.store.engine import Store, open_store, sqlite_module, sqlite_url
from queue_server.store.talk import Talk
from tests.support.postgres import PrivatePostgres, binaries

#: Histories after which PostgreSQL's tables are emptied: each has a hall of its own, so none sees another.
EMPTIED_AFTER = 200
SEND = Talk.send


def folder_in_memory(within: Path | None = None) -> Path:
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="wz-model-", dir=within or (memory if memory.is_dir() else None)))


class Killed(BaseException):
    """The process died here."""


class Database(Protocol):
    store: Store

    def fresh(self, found: Callable[[Store, str], None]) -> str:
        """Begin a history; returns the id of its hall, which ``found`` founded."""

    def raw(self) -> Any:
        """A driver's connection to look at the tables with, beside the product's own."""

    def die_at(self, statement: int) -> None:
        """Arm: the process dies when it is about to send its ``statement``-th statement."""

    def reopen(self) -> bool:
        """Start anew after a crash or a stop; says whether the process had died in the middle of something."""

    def close(self) -> None: ...


class _Dying:
    """Counts down what an order says to its database, COMMIT with it, whichever way that goes there."""

    def __init__(self, store: Store) -> None:
        self.store, self.left, self.died = store, 0, False
        self._watch = ExitStack()

    def arm(self, statement: int) -> None:
        self.disarm()
        self.left = statement
        for moment in ("before_cursor_execute", "commit"):
            event.listen(self.store.orders, moment, self._count)
            self._watch.callback(event.remove, self.store.orders, moment, self._count)

        def send(talk: Talk) -> None:
            self._said(talk)

        # Most of an order goes past SQLAlchemy.
        self._watch.enter_context(mock.patch.object(Talk, "send", send))

    def disarm(self) -> bool:
        self._watch.close()
        self.left, died = 0, self.died
        self.died = False
        return died

    def _said(self, talk: Talk) -> None:
        """What goes together may be cut off anywhere: the database did what was before."""
        for done, _ in enumerate(talk._unsaid):
            if self._is_due():
                together, talk._unsaid = talk._unsaid[:done], []
                if together:
                    talk._go(together)
                self._die(talk._connection)
        SEND(talk)

    def _count(self, connection: Any, *_: Any) -> None:
        if self._is_due():
            self._die(connection)

    def _is_due(self) -> bool:
        self.left -= 1
        return self.left == 0

    def _die(self, connection: Any) -> NoReturn:
        self.died = True
        self.at_death(connection)
        raise Killed

    def at_death(self, connection: Any) -> None:
        """What is left of the process's work at this moment."""


class SqliteFile(_Dying):
    """One file in memory, set back to a founded hall for each history; a kill leaves the files as they are."""

    def __init__(self, within: Path | None = None) -> None:
        self._folder = folder_in_memory(within)
        self.path = self._folder / "hall.db"
        super().__init__(open_store(sqlite_url(self.path)))
        self._template = sqlite_module().connect(":memory:")
        self._look: Any = None
        self._founded = False

    def fresh(self, found: Callable[[Store, str], None]) -> str:
        self.disarm()
        if not self._founded:
            releases.upgrade(self.store)
            found(self.store, "h")
            with self.store.writer.connect() as connection:
                connection.connection.dbapi_connection.backup(self._template)  # type: ignore[union-attr]
            self._founded = True
        with self.store.reader.connect() as connection:
            # From a connection outside any transaction: the copy takes its own lock.
            raw: Any = connection.connection.dbapi_connection
            connection.rollback()
            self._template.backup(raw)
        return "h"

    def raw(self) -> Any:
        if self._look is None:
            self._look = sqlite_module().connect(self.path, isolation_level=None)
        return self._look

    def die_at(self, statement: int) -> None:
        self.arm(statement)

    def at_death(self, connection: Any) -> None:
        for file in self._files(self.path):
            shutil.copyfile(file, self._image(file))

    def _image(self, file: Path) -> Path:
        return file.with_name(f"dead-{file.name}")

    @staticmethod
    def _files(path: Path) -> list[Path]:
        return [file for file in (path, path.with_name(f"{path.name}-wal")) if file.exists()]

    def reopen(self) -> bool:
        """After a kill the file and its log are as they were at that moment, written half or not."""
        died = self.disarm()
        self._release()
        if died:
            for suffix in ("-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
            for file in self._files(self._image(self.path)):
                file.replace(file.with_name(file.name.removeprefix("dead-")))
        return died

    def put_in_place(self, copied: Any) -> None:
        """A copy of the database takes its place; nobody had it open."""
        self._release()
        with self.store.reader.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            connection.rollback()
            copied.backup(raw)

    def _release(self) -> None:
        self.store.dispose()
        if self._look is not None:
            self._look.close()
            self._look = None

    def close(self) -> None:
        self._release()
        self._template.close()
        shutil.rmtree(self._folder, ignore_errors=True)


class PostgresHall(_Dying):
    """One database; every history has a hall of its own in it."""

    def __init__(self, server: PrivatePostgres, name: str = "model") -> None:
        engine = sa.create_engine(server.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        engine.dispose()
        super().__init__(open_store(server.url(name)))
        releases.upgrade(self.store)
        self._look: Any = None
        self._histories = 0

    def fresh(self, found: Callable[[Store, str], None]) -> str:
        self.disarm()
        if self._histories % EMPTIED_AFTER == 0:
            self._empty()
        self._histories += 1
        hall_id = f"h{self._histories}"
        found(self.store, hall_id)
        return hall_id

    def _empty(self) -> None:
        names = ", ".join(table.name for table in tables.metadata.sorted_tables)
        with self.store.writer.begin() as connection:
            # The log refuses to be emptied; a superuser's test may.
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            connection.exec_driver_sql(f"TRUNCATE {names} CASCADE")

    def raw(self) -> Any:
        if self._look is None:
            self._look = self.store.reader.raw_connection()
            self._look.dbapi_connection.autocommit = True
        return self._look.dbapi_connection

    def die_at(self, statement: int) -> None:
        self.arm(statement)

    def at_death(self, connection: Any) -> None:
        # The server learns of a dead client by its closed connection.
        connection.connection.dbapi_connection.close()

    def reopen(self) -> bool:
        died = self.disarm()
        self._release()
        return died

    def _release(self) -> None:
        if self._look is not None:
            with suppress(sa.exc.DBAPIError):
                self._look.invalidate()
            self._look = None
        self.store.dispose()

    def close(self) -> None:
        self._release()


def private_postgres() -> PrivatePostgres:
    programs = binaries()
    if programs is None:
        raise SystemExit("PostgreSQL is not installed (apt-get install postgresql)")
    server = PrivatePostgres(programs)
    server.start()
    return server
