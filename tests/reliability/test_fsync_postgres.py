"""The same of PostgreSQL: between an order and its answer lie the commit, the log on the disk, and the word of it.

One strace sees both the server and the database, so that what causes what also stands before it in the trace.
"""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa

from queue_server.cli import database
from queue_server.store.engine import open_store
from tests.conftest import _create
from tests.reliability.built import built_hall
from tests.reliability.test_fsync import CALL, ORDERS, RESUMED, traced
from tests.reliability.test_kill_postgres import KillablePostgres, children
from tests.support.postgres import binaries

SYSTEM_CALLS = "trace=fsync,fdatasync,sendto,recvfrom"
WAL = "/pg_wal/"
ENDS = re.compile(r"^TCP:\[127\.0\.0\.1:(?P<mine>\d+)->127\.0\.0\.1:(?P<other>\d+)\]")


@dataclass
class Seen:
    """What a trace shows of orders that come one after another."""

    server: int
    postgres: int
    answers: int = 0
    syncs: int = 0
    early: list[str] = field(default_factory=list)
    #: Commits that were asked for and not confirmed, by the connection's port; whether the log was synced since.
    open: dict[int, bool] = field(default_factory=dict)
    #: Whether, since the order came, a commit was confirmed after its sync.
    safe: bool = False

    def read(self, lines: Iterable[str]) -> "Seen":
        waiting: set[str] = set()
        for line in lines:
            found = CALL.match(line) or RESUMED.match(line)
            if found is None:
                continue
            if "resumed" in line:
                self._synced(found["pid"] in waiting)
                waiting.discard(found["pid"])
            elif found["call"] in ("fsync", "fdatasync") and WAL in found["what"]:
                waiting.add(found["pid"]) if "unfinished" in line else self._synced(found["rest"].endswith("= 0"))
            elif ends := ENDS.match(found["what"]):
                self._moved(found["call"], int(ends["mine"]), int(ends["other"]), found["rest"])
        return self

    def _synced(self, done: bool) -> None:
        if done:
            self.syncs += 1
            self.open = dict.fromkeys(self.open, True)

    def _moved(self, call: str, mine: int, other: int, rest: str) -> None:
        if mine == self.server and call == "recvfrom":
            self.safe = self.safe and '"POST ' not in rest
        elif mine == self.server and "HTTP/1.1 201" in rest and "Set-Cookie" not in rest:
            self._answered(rest)
        elif other == self.postgres and call == "sendto" and "COMMIT" in rest:
            self.open[mine] = False
        elif mine == self.postgres and call == "sendto" and "COMMIT" in rest:
            self.safe = self.open.pop(other, False) or self.safe

    def _answered(self, rest: str) -> None:
        self.answers += 1
        if not self.safe:
            self.early.append(rest[:80])
        self.safe = False


@pytest.fixture
def durable() -> Iterator[KillablePostgres]:
    """One that waits for its disk, with a founded database."""
    programs = binaries()
    if os.geteuid():
        pytest.skip("only root may watch a program that is running already")
    if programs is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    server = KillablePostgres(programs)
    server.start()
    _create(server, "hall", "template1")
    store = open_store(server.url("hall"))
    database.upgrade(store)
    store.dispose()
    yield server
    server.stop()


def trace_of_orders(postgres: KillablePostgres, folder: Path) -> Seen:
    hall, server = built_hall(postgres.url("hall"), folder)
    trace, postmaster = folder / "trace", postgres.postmaster
    pids = [word for pid in (postmaster, *children(postmaster)) for word in ("-p", str(pid))]
    server.within = ["strace", "-f", "-yy", "-s", "60", "-o", str(trace), "-e", SYSTEM_CALLS, *pids]
    server.start()
    try:
        kiosk = hall.client(token=hall.kiosk)
        for _ in range(ORDERS):
            assert kiosk.order("/tickets", line="A", **{"class": "ordinary"}).status == 201
    finally:
        server.end()
    return Seen(server.port, postgres.port).read(trace.read_text(errors="replace").splitlines())


def told(postgres: KillablePostgres, *orders: str) -> None:
    engine = sa.create_engine(postgres.url("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for order in orders:
            connection.exec_driver_sql(order)
    engine.dispose()


@traced
def test_no_answer_is_sent_before_postgresql_has_its_log_on_the_disk(durable: KillablePostgres, tmp_path: Path) -> None:
    seen = trace_of_orders(durable, tmp_path)
    assert seen.answers == ORDERS
    assert seen.syncs >= ORDERS
    assert seen.early == []


@traced
def test_the_trace_shows_a_postgresql_that_does_not_wait_for_its_disk(
    durable: KillablePostgres, tmp_path: Path
) -> None:
    # Its log is written by itself now and then, which could be just in time by chance.
    told(durable, "ALTER SYSTEM SET wal_writer_delay = '10s'", "SELECT pg_reload_conf()")
    told(durable, "ALTER DATABASE hall SET synchronous_commit = off")
    seen = trace_of_orders(durable, tmp_path)
    assert seen.answers == ORDERS
    assert len(seen.early) == ORDERS


def test_an_answer_counts_as_early_without_a_sync_between_commit_and_its_confirmation() -> None:
    asked = '7 sendto(9<TCP:[127.0.0.1:4000->127.0.0.1:5432]>, "Q\\0\\0\\0\\vCOMMIT\\0", 12, 0, NULL, 0) = 12'
    sync, begun = "8 fdatasync(5</db/pg_wal/01>) = 0", "8 fdatasync(5</db/pg_wal/01> <unfinished ...>"
    ended = "8 <... fdatasync resumed>) = 0"
    done = '8 sendto(9<TCP:[127.0.0.1:5432->127.0.0.1:4000]>, "C\\0\\0\\0\\vCOMMIT\\0", 18, 0, NULL, 0) = 18'
    answer = '7 sendto(3<TCP:[127.0.0.1:80->127.0.0.1:5000]>, "HTTP/1.1 201 CREATED"..., 591, 0, NULL, 0) = 591'
    post = '7 recvfrom(3<TCP:[127.0.0.1:80->127.0.0.1:5000]>, "POST /api/halls"..., 8192, 0, NULL, NULL) = 300'

    def early(*lines: str) -> int:
        return len(Seen(80, 5432).read([post, *lines]).early)

    assert early(asked, sync, done, answer) == 0
    assert early(asked, begun, ended, done, answer) == 0
    assert early(asked, begun, done, answer, ended) == 1
    assert early(asked, done, answer) == 1
    assert early(asked, answer, sync, done) == 1
    assert early(asked, sync, answer, done) == 1
    assert early(sync, asked, done, answer) == 1
    assert early(asked, sync, done, post, answer) == 1
    assert early(answer) == 1
