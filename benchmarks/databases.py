"""The databases that are measured, and the least a transaction can cost on each."""

import os
import pwd
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from queue_server.store.engine import sqlite_module
from tests.support.postgres import PrivatePostgres, binaries, free_port

#: About what one order writes, in bytes: its event, its answer, the changed rows.
WRITTEN = "x" * 2500


class DurablePostgres(PrivatePostgres):
    """The tests' private server, but on the disk and with its fsync: that is what an order waits for."""

    def __init__(self, programs: Path) -> None:
        self._programs, self.port = programs, free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="wz-bench-"))
        self._user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            shutil.chown(self._folder, self._user)
        self._run("initdb", "-D", str(self._data), "-U", "hall", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")

    def start(self) -> None:
        options = f"-p {self.port} -k {self._folder} -h 127.0.0.1"
        self._run("pg_ctl", "-D", str(self._data), "-o", options, "-l", str(self._folder / "log"), "-w", "start")


@contextmanager
def postgresql() -> Iterator[str | None]:
    """The URL of an empty database on a server of its own; None where PostgreSQL is not installed."""
    programs = binaries()
    if programs is None:
        yield None
        return
    server = DurablePostgres(programs)
    server.start()
    try:
        yield server.url("postgres")
    finally:
        server.stop()


def bare_transaction(folder: Path, database_url: str) -> Callable[[], float]:
    """A function that writes one row durably and says how long that took, in ms."""
    write = _on_postgresql(database_url) if database_url.startswith("postgresql") else _on_sqlite(folder)

    def timed() -> float:
        began = time.perf_counter()
        write()
        return (time.perf_counter() - began) * 1000

    return timed


def _on_sqlite(folder: Path) -> Callable[[], object]:
    connection = sqlite_module().connect(folder / "bare.db", isolation_level=None)
    for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "CREATE TABLE written (text)"):
        connection.execute(statement)

    def write() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO written VALUES (?)", [WRITTEN])
        connection.execute("COMMIT")

    return write


def _on_postgresql(database_url: str) -> Callable[[], object]:
    connection = sa.create_engine(database_url).connect().connection.driver_connection
    assert connection is not None
    connection.execute("CREATE TABLE IF NOT EXISTS written (text text)")
    connection.commit()

    def write() -> None:
        connection.execute("INSERT INTO written VALUES (%s)", [WRITTEN])
        connection.commit()

    return write
