"""Copying a running hall and putting a copy back. SQLite only: PostgreSQL has its own tools."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from queue_server.services import days, maintenance, restoring
from queue_server.services.maintenance import BrokenCopy
from queue_server.store import log
from queue_server.store.engine import Store, open_store
from tests.services.looking import events, faults
from tests.support.halls import HALL, Bench


@pytest.fixture
def place(sqlite_template: Path, tmp_path: Path) -> Iterator[Bench]:
    """The small hall in a file of its own, open, a clerk at every window."""
    path = tmp_path / "var" / "hall.db"
    path.parent.mkdir()
    shutil.copyfile(sqlite_template, path)
    hall = Bench(open_store(f"sqlite:///{path}")).found()
    hall.open_day()
    hall.sit("1")
    yield hall
    hall.store.dispose()


def restored(place: Bench, source: Path) -> tuple[str, Bench]:
    """Stop the hall, restore ``source`` over it, start again."""
    path = place.store.path
    place.store.dispose()
    how = restoring.restore(source, path, place.clock)
    place.store = open_store(f"sqlite:///{path}")
    return how, place


def epoch(store: Store) -> str:
    with store.reading() as connection:
        return log.head(connection, HALL).epoch


def test_a_backup_taken_while_orders_go_on_is_of_one_moment(place: Bench, tmp_path: Path) -> None:
    for _ in range(300):
        place.issue()
    others = Bench(open_store(place.store.url), place.clock)
    running, done = threading.Event(), threading.Event()

    def press_on() -> None:
        while not done.is_set():
            others.issue("B")
            running.set()

    clerk = threading.Thread(target=press_on)
    clerk.start()
    try:
        assert running.wait(10)
        count = maintenance.backup(place.store, tmp_path / "copy.db")
    finally:
        done.set()
        clerk.join()
        others.store.dispose()

    copy = open_store(f"sqlite:///{tmp_path / 'copy.db'}")
    assert faults(copy) == []
    assert [event.hash for event in events(copy)] == [event.hash for event in events(place.store)][:count]
    assert count >= 300
    copy.dispose()
    assert {path.name for path in tmp_path.iterdir()} == {"var", "copy.db"}, "nothing half-made is left"


def test_numbers_given_after_the_backup_are_never_given_again(place: Bench, tmp_path: Path) -> None:
    place.issue()
    maintenance.backup(place.store, tmp_path / "copy.db")
    on_paper = [place.issue()["number"] for _ in range(3)] + [place.issue("B")["number"]]
    old_epoch = epoch(place.store)

    how, place = restored(place, tmp_path / "copy.db")

    assert how == "exact"
    assert (place.issue()["number"], place.issue("B")["number"]) == ("A005", "B002")
    assert on_paper == ["A002", "A003", "A004", "B001"]
    assert epoch(place.store) != old_epoch
    assert faults(place.store) == []
    assert events(place.store)[-3].type == "hall.restored"


def test_a_day_opened_after_the_backup_keeps_its_numbers_too(place: Bench, tmp_path: Path) -> None:
    maintenance.backup(place.store, tmp_path / "copy.db")
    place.clock.forward(days=1)
    days.keep_timetable(place.uow)
    place.issue()
    place.issue()

    _, place = restored(place, tmp_path / "copy.db")
    days.keep_timetable(place.uow)

    assert place.issue()["number"] == "A003"
    assert faults(place.store) == []


@pytest.mark.parametrize("lost", ["scrambled", "gone", "emptied"])
def test_when_the_lost_database_cannot_be_read_every_line_skips_ahead(place: Bench, tmp_path: Path, lost: str) -> None:
    place.issue()
    maintenance.backup(place.store, tmp_path / "copy.db")
    place.issue()
    place.store.dispose()
    path = place.store.path
    for leftover in path.parent.glob("hall.db-*"):
        leftover.unlink()
    path.write_bytes(b"\x00" * 8192 if lost == "scrambled" else b"")
    if lost == "gone":
        path.unlink()

    how, place = restored(place, tmp_path / "copy.db")

    assert how == "skipped"
    assert place.issue()["number"] == "A1001"
    assert place.issue("Z")["number"] == "Z1001"
    assert faults(place.store) == []


def broken(kind: str, whole: Path, path: Path) -> Path:
    if kind == "cut":
        path.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    elif kind == "text":
        path.write_text("this is no database\n" * 500)
    elif kind == "empty":
        path.write_bytes(b"")
    else:
        shutil.copyfile(whole, path)
        damaged = open_store(f"sqlite:///{path}")
        with damaged.writer.begin() as connection:
            connection.exec_driver_sql("DROP TRIGGER events_no_update")
            connection.execute(sa.text("UPDATE events SET actor = 'staff:other' WHERE seq = 3"))
        damaged.dispose()
    return path


@pytest.mark.parametrize("kind", ["cut", "text", "empty", "changed event"])
def test_a_broken_backup_is_refused_and_nothing_is_changed(place: Bench, tmp_path: Path, kind: str) -> None:
    place.issue()
    maintenance.backup(place.store, tmp_path / "copy.db")
    source = broken(kind, tmp_path / "copy.db", tmp_path / "broken.db")
    place.issue()
    before, folder = events(place.store), sorted(path.name for path in place.store.path.parent.iterdir())

    with pytest.raises(BrokenCopy):
        restoring.restore(source, place.store.path, place.clock)

    assert events(place.store) == before
    assert sorted(path.name for path in place.store.path.parent.iterdir()) == folder
    assert place.issue()["number"] == "A003"


def test_what_was_replaced_is_kept_beside_the_restored_file(place: Bench, tmp_path: Path) -> None:
    maintenance.backup(place.store, tmp_path / "copy.db")
    place.issue()
    _, place = restored(place, tmp_path / "copy.db")

    replaced = next(place.store.path.parent.glob("hall.db.replaced*"))
    kept = open_store(f"sqlite:///{replaced}")
    assert events(kept)[-1].type == "ticket.issued"
    kept.dispose()


def test_the_earlier_replaced_database_is_not_overwritten_by_the_next_restore(place: Bench, tmp_path: Path) -> None:
    maintenance.backup(place.store, tmp_path / "copy.db")
    place.issue("B")
    _, place = restored(place, tmp_path / "copy.db")
    _, place = restored(place, tmp_path / "copy.db")

    found = []
    for path in sorted(place.store.path.parent.glob("hall.db.replaced*")):
        if not path.name.endswith(("-wal", "-shm")):
            kept = open_store(f"sqlite:///{path}")
            found += [event.type for event in events(kept)]
            kept.dispose()
    assert "ticket.issued" in found, "two restores in a row must not lose the day that was on file"
