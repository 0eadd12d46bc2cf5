"""No answer leaves the server before its order is on the disk, as the kernel saw it (strace)."""

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from queue_server.store.engine import Store
from tests.reliability.built import built_hall
from tests.reliability.watcher import Watcher
from tests.support.servers import wait_until

ORDERS = 12
SYSTEM_CALLS = "trace=fsync,fdatasync,pwrite64,write,writev,sendto,sendmsg"
#: One line of the trace: process, call, file or connection, and the rest.
CALL = re.compile(r"^(?P<pid>\d+)\s+(?P<call>\w+)\(\d+<(?P<what>.*?)>(?P<rest>[,) ].*)$")
RESUMED = re.compile(r"^(?P<pid>\d+)\s+<\.\.\. (?P<call>f(?:data)?sync) resumed>.*= 0")
WAL = "hall.db-wal"

traced = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed (apt-get install strace)")


@dataclass
class Seen:
    """What a trace shows: answers to orders, and what was sent while a commit was not on the disk."""

    answers: int = 0
    syncs: int = 0
    written: int = 0
    early: list[str] = field(default_factory=list)
    #: Whether the write-ahead log was written since it was last synced.
    dirty: bool = False

    def read(self, lines: Iterable[str]) -> "Seen":
        waiting: set[str] = set()
        for line in lines:
            found = CALL.match(line) or RESUMED.match(line)
            if found is None:
                continue
            call, pid = found["call"], found["pid"]
            if "resumed" in line:
                self._synced(pid in waiting)
                waiting.discard(pid)
            elif call in ("fsync", "fdatasync") and WAL in found["what"]:
                waiting.add(pid) if "unfinished" in line else self._synced(found["rest"].endswith("= 0"))
            elif call == "pwrite64" and WAL in found["what"]:
                self.written, self.dirty = self.written + 1, True
            elif found["what"].startswith("TCP"):
                self._sent(found["rest"])
        return self

    def _synced(self, done: bool) -> None:
        if done:
            self.syncs, self.dirty = self.syncs + 1, False

    def _sent(self, rest: str) -> None:
        """Anything sent to anybody, news too: a transaction's end and its sync have nothing between them."""
        if "HTTP/1.1 201" in rest and "Set-Cookie" not in rest:
            self.answers += 1
        if self.dirty:
            self.early.append(rest[:80])


def trace_of_orders(database_url: str, folder: Path, **planted: str) -> Seen:
    """Give some orders to a server under strace, a reader listening."""
    hall, server = built_hall(database_url, folder)
    trace = folder / "trace"
    server.within = ["strace", "-f", "-yy", "-s", "60", "-o", str(trace), "-e", SYSTEM_CALLS]
    server.start(**planted)
    try:
        kiosk = hall.client(token=hall.kiosk)
        with Watcher(server.address) as reader:
            wait_until(lambda: reader.synced, what="the first snapshot")
            for _ in range(ORDERS):
                last = kiosk.order("/tickets", line="A", **{"class": "ordinary"}).answer["seq"]
            wait_until(lambda: reader.position["seq"] >= last, what="the news")
    finally:
        server.end()
    return Seen().read(trace.read_text(errors="replace").splitlines())


@pytest.fixture
def file_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "hall.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@traced
def test_nothing_is_sent_before_the_commit_is_on_the_disk(file_url: str, tmp_path: Path) -> None:
    seen = trace_of_orders(file_url, tmp_path)
    assert seen.answers == ORDERS
    assert seen.syncs >= ORDERS
    assert seen.early == []


@traced
def test_the_trace_shows_a_server_that_does_not_wait_for_the_disk(file_url: str, tmp_path: Path) -> None:
    """``synchronous=NORMAL``, as is often recommended with a WAL; ``OFF`` would be seen alike."""
    seen = trace_of_orders(file_url, tmp_path, WITHOUT="sync_full")
    assert seen.answers == ORDERS
    assert seen.written > ORDERS
    assert len(seen.early) >= ORDERS


def test_a_sync_that_has_not_ended_does_not_count() -> None:
    write = '7 pwrite64(15</tmp/hall.db-wal>, "\\0"..., 24, 32) = 24'
    begun, ended = "7 fsync(15</tmp/hall.db-wal> <unfinished ...>", "7 <... fsync resumed>) = 0"
    answer = '7 sendto(13<TCP:[127.0.0.1:1->127.0.0.1:2]>, "HTTP/1.1 201 CREATED"..., 591, 0, NULL, 0) = 591'
    assert Seen().read([write, begun, ended, answer]).early == []
    assert len(Seen().read([write, begun, answer, ended]).early) == 1
    assert len(Seen().read([write, answer]).early) == 1
    assert len(Seen().read([write, "7 fsync(15</tmp/hall.db-wal>) = -1 EIO (Input/output error)", answer]).early) == 1


def test_orders_ask_postgresql_to_wait_for_its_disk(store: Store) -> None:
    """There the database syncs before it says that the commit is done; orders must not tell it otherwise."""
    if store.is_sqlite:
        with store.writer.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
        return
    with store.writer.connect() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
