"""A copy of a working hall comes to its end."""

import os
import threading
from pathlib import Path

from queue_server.services import maintenance
from queue_server.store.engine import sqlite_module
from tests.support.halls import Bench
from tests.support.servers import wait_until

MEGABYTES = 60


def test_a_copy_ends_while_the_hall_goes_on_writing(tmp_path: Path, bench: Bench) -> None:
    if not bench.store.is_sqlite:
        return
    bench.open_day()
    fill(bench.store.path)
    stop, written = threading.Event(), []

    def write() -> None:
        while not stop.is_set():
            written.append(bench.issue()["number"])

    writer = threading.Thread(target=write)
    writer.start()
    wait_until(lambda: len(written) > 2, what="the first orders")
    before = len(written)
    try:
        steps: list[int] = []
        count = maintenance.backup(bench.store, tmp_path / "copy.db", lambda done, total: steps.append(done))
    finally:
        stop.set()
        writer.join()
    assert count >= before
    # Begun again after a commit, the copy would count its pages from the start.
    assert steps == sorted(steps)
    assert len(written) > before


def fill(path: Path) -> None:
    """Make the file as large as some weeks of service do."""
    connection = sqlite_module().connect(path)
    connection.execute("CREATE TABLE ballast (data BLOB)")
    for _ in range(MEGABYTES):
        connection.execute("INSERT INTO ballast VALUES (?)", (os.urandom(2**20),))
    connection.commit()
    connection.close()
