"""kill -9 of PostgreSQL under load: it is started again, the hall goes on by itself, each order happened once."""

import os
import random
import signal
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tqdm import tqdm

from queue_server.cli import database
from queue_server.store.engine import open_store
from tests.conftest import _create
from tests.reliability.built import Built, built_hall
from tests.reliability.load import Load
from tests.reliability.test_kill import assert_every_answer_happened_once, assert_pressing_again_changes_nothing
from tests.support.postgres import PrivatePostgres, binaries
from tests.support.served import ServedHall
from tests.support.servers import wait_until

#: ``POSTGRES_KILLS=50`` for the long version.
KILLS = int(os.environ.get("POSTGRES_KILLS", "5"))
#: Answers that must come between two kills.
BETWEEN = 12


class KillablePostgres(PrivatePostgres):
    """One that may be killed: it waits for the disk as in production, so that it may come back."""

    def start(self) -> None:
        options = f"-p {self.port} -k {self._folder} -h 127.0.0.1 -c fsync=on -c max_connections=100"
        # An answer must not come before the commit is on the disk; this is also PostgreSQL's default.
        options += " -c synchronous_commit=on"
        self._run("pg_ctl", "-D", str(self._data), "-o", options, "-l", str(self._folder / "log"), "-w", "start")

    @property
    def postmaster(self) -> int:
        return int((self._data / "postmaster.pid").read_text().split()[0])

    def kill(self) -> None:
        """kill -9 of the postmaster and everything it started."""
        postmaster = self.postmaster
        # Stopped first, so that it starts nothing while its children are counted.
        os.kill(postmaster, signal.SIGSTOP)
        family = [postmaster, *children(postmaster)]
        for pid in family:
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not any(alive(pid) for pid in family), what="the end of PostgreSQL")
        # Where nobody reaps orphans, the dead postmaster's number is still taken, and a new one would
        # believe that it lives.
        for claim in (self._data / "postmaster.pid", *self._folder.glob(".s.PGSQL.*.lock")):
            claim.unlink()


def children(parent: int) -> list[int]:
    found = []
    for pid in map(int, filter(str.isdecimal, os.listdir("/proc"))):
        fields = fields_of(pid)
        if fields and int(fields[1]) == parent and fields[0] != "Z":
            found.append(pid)
    return found


def alive(pid: int) -> bool:
    fields = fields_of(pid)
    return bool(fields) and fields[0] != "Z"


def fields_of(pid: int) -> list[str]:
    """State, parent and so on of a process; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


@pytest.fixture
def killable() -> Iterator[KillablePostgres]:
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    server = KillablePostgres(programs)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def built(killable: KillablePostgres, tmp_path: Path) -> Iterator[tuple[ServedHall, Built]]:
    _create(killable, "hall", "template1")
    store = open_store(killable.url("hall"))
    database.upgrade(store)
    store.dispose()
    hall, server = built_hall(killable.url("hall"), tmp_path)
    server.start()
    yield hall, server
    server.end()


@pytest.mark.timeout(120 + 20 * KILLS)
def test_the_hall_goes_on_by_itself_when_postgresql_was_killed(
    built: tuple[ServedHall, Built], killable: KillablePostgres
) -> None:
    hall, server = built
    load, took = Load(hall), list[float]()
    try:
        for _ in tqdm(range(KILLS), desc="kills of PostgreSQL", file=sys.stderr, disable=KILLS <= 5):
            load.more(random.randint(BETWEEN, 2 * BETWEEN))
            killable.kill()
            killable.start()
            started = time.monotonic()
            load.more(1)
            took.append(time.monotonic() - started)
            load.more(BETWEEN)
    finally:
        load.end()
    assert load.failures == []
    retried = [sent for sent in load.presses if sent.tries > 1]
    assert retried, "no press met a kill"
    print(f"\nPostgreSQL killed {KILLS} times: {len(load.presses)} presses, {len(retried)} retried,", end=" ")
    print(f"{sum(sent.replayed for sent in retried)} of those had happened; orders again", end=" ")
    print(f"{statistics.median(took):.2f} s after it was back (median), {max(took):.2f} s at most")
    assert server.process is not None
    assert server.process.poll() is None, "the hall itself was never restarted"
    assert_every_answer_happened_once(hall, load.presses)
    assert_pressing_again_changes_nothing(hall, load)
