"""SQLite's log is moved into its file beside the orders, not by one of them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from queue_server.store import log
from queue_server.store.engine import Store, checkpoint, open_copy, open_store
from tests.support.halls import HALL, Bench

#: SQLite's own 1,000 pages come after about a hundred orders.
ORDERS = 150


@pytest.fixture
def store(tmp_path: Path, sqlite_template: Path) -> Iterator[Store]:
    path = tmp_path / "hall.db"
    shutil.copyfile(sqlite_template, path)
    store = open_store(f"sqlite:///{path}")
    yield store
    store.dispose()


def position_in_the_file_alone(path: Path) -> int:
    """What the database file says without its log: the log's head, 0 when the hall is not in it."""
    copy = path.with_name("alone.db")
    shutil.copyfile(path, copy)
    alone = open_copy(copy)
    try:
        with alone.reading() as connection:
            return log.head(connection, HALL).seq if HALL in log.hall_ids(connection) else 0
    finally:
        alone.dispose()


def test_no_order_stops_to_move_the_log(store: Store) -> None:
    bench = Bench(store).found()
    bench.open_day()
    for _ in range(ORDERS):
        bench.issue()
    assert position_in_the_file_alone(store.path) == 0


def test_a_checkpoint_brings_the_file_up_while_somebody_reads(store: Store) -> None:
    bench = Bench(store).found()
    bench.open_day()
    bench.issue()
    with store.reading() as connection:
        before = log.head(connection, HALL).seq
        checkpoint(store.path)
        assert position_in_the_file_alone(store.path) == before
        bench.issue()
        assert log.head(connection, HALL).seq == before
    checkpoint(store.path)
    assert position_in_the_file_alone(store.path) > before
