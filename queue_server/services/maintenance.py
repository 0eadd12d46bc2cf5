"""Checking and copying a hall's data."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queue_server.domain import fold
from queue_server.domain.events import GENESIS, Event, canonical, chained
from queue_server.domain.figures import DayFigures
from queue_server.store import current, log, tables
from queue_server.store.engine import DiskFull, Store, open_copy, sqlite_module

#: Pages copied at a time: the write lock is never held for long.
PAGES_AT_ONCE = 256


class BrokenCopy(Exception):
    """A backup file is not a whole database with an unbroken log."""


@dataclass(frozen=True)
class Fault:
    """Something ``verify`` found wrong, with the place."""

    hall_id: str
    what: str


def verify(connection: Connection, seen: Callable[[], object] = lambda: None) -> Iterator[Fault]:
    """Check every hall: the chain has no gap and no changed event, and the tables are its fold.

    ``seen`` is called for each event, for a progress bar.
    """
    for hall_id in log.hall_ids(connection):
        state = fold.empty()
        yield from _check_chain(connection, hall_id, state, seen)
        yield from _check_tables(connection, hall_id, state)


def _check_chain(
    connection: Connection, hall_id: str, state: fold.State, seen: Callable[[], object]
) -> Iterator[Fault]:
    previous, expected = GENESIS, 1
    for event in log.whole(connection, hall_id):
        if event.seq != expected:
            yield Fault(hall_id, f"gap in the log: {expected} is missing")
        if chained(previous, event) != event.hash:
            yield Fault(hall_id, f"event {event.seq} is not what was written")
        yield from _fold_into(state, event)
        previous, expected = event.hash, event.seq + 1
        seen()
    head = log.head(connection, hall_id)
    if (head.seq, head.hash) != (expected - 1, previous):
        yield Fault(hall_id, f"the head says {head.seq}, the log ends at {expected - 1}")


def _fold_into(state: fold.State, event: Event) -> Iterator[Fault]:
    """Apply an event that may be damaged: what cannot be read is a fault, not the end of the check."""
    try:
        fold.apply(state, event.content())
    except (ValueError, KeyError, TypeError, AttributeError):
        yield Fault(event.hall_id, f"event {event.seq} cannot be read")


def _plain(row: Any) -> fold.Row:
    """A row as the log would say it: canonical values, nothing that is empty."""
    loaded: fold.Row = json.loads(canonical({key: value for key, value in row.items() if key != "hall_id"}))
    return {key: value for key, value in loaded.items() if value is not None}


def _check_tables(connection: Connection, hall_id: str, state: fold.State) -> Iterator[Fault]:
    for table in fold.KEYS:
        rows = [_plain(row) for row in current.everything(connection, hall_id, table)]
        stored = {fold.key_of(table, row): row for row in rows}
        folded = {key: {k: v for k, v in row.items() if v is not None} for key, row in state[table].items()}
        for key in stored.keys() | folded.keys():
            if stored.get(key) != folded.get(key):
                yield Fault(hall_id, f"{table} {'/'.join(map(str, key))} is not what the log amounts to")


def verify_statistics(connection: Connection) -> Iterator[Fault]:
    """Check that each day's figures from the log equal those computed from the tables."""
    for hall_id in log.hall_ids(connection):
        letters = [row["letter"] for row in current.hall_lines(connection, hall_id)]
        for row in current.everything(connection, hall_id, "days"):
            if not _figures_agree(connection, hall_id, row["date"], letters):
                yield Fault(hall_id, f"the figures of {row['date']} are not those of the tables")


def _figures_agree(connection: Connection, hall_id: str, day: date, letters: list[str]) -> bool:
    """Whether the day's figures come out alike; a log too damaged to be read does not agree with anything."""
    from_log, from_tables = DayFigures(), DayFigures()
    from_tables.apply("tables", {"changes": _day_rows(connection, hall_id, day)})
    try:
        with closing(log.of_day(connection, hall_id, day)) as events:
            for event in events:
                from_log.apply(event.type, event.content())
        return (from_log.hall(), from_log.lines(letters)) == (from_tables.hall(), from_tables.lines(letters))
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


def _day_rows(connection: Connection, hall_id: str, day: date) -> dict[str, list[fold.Row]]:
    return {
        table.name: [
            _plain(row._mapping)
            for row in connection.execute(sa.select(table).where(table.c.hall_id == hall_id, table.c.day == day))
        ]
        for table in (tables.tickets, tables.visits)
    }


def backup(store: Store, target: Path, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Copy a running SQLite database to ``target`` and verify the copy; returns the events in it.

    The copy is of one moment, is flushed to disk, and gets its name only when it is whole.
    Raises BrokenCopy, DiskFull where there is no room for it, and ValueError on PostgreSQL (use pg_dump).
    """
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    try:
        _copy(store, partial, progress)
        count = check_copy(partial)
        flush(partial)
    except BaseException as error:
        # Half a copy is of no use, and takes room that the hall may need.
        partial.unlink(missing_ok=True)
        if isinstance(error, sqlite_module().OperationalError) and "full" in str(error):
            raise DiskFull from error
        raise
    partial.replace(target)
    return count


def _copy(store: Store, partial: Path, progress: Callable[[int, int], None]) -> None:
    module = sqlite_module()
    source, copy = module.connect(store.path), module.connect(partial)
    handle = os.open(partial, os.O_RDWR)

    def step(status: int, left: int, total: int) -> None:
        # Bit by bit: an order's own fsync would otherwise wait for everything that was copied so far.
        os.fdatasync(handle)
        progress(total - left, total)

    try:
        # A copy that is broken off is thrown away: it needs no journal, and is flushed here.
        copy.execute("PRAGMA journal_mode=OFF")
        copy.execute("PRAGMA synchronous=OFF")
        # A read transaction holds one moment of the file: writers go on beside it, and the copy is not
        # begun again at each of their commits.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM hall_head").fetchone()
        source.backup(copy, pages=PAGES_AT_ONCE, progress=step)
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()
        source.close()
        os.close(handle)


def flush(path: Path) -> None:
    """Make a file, or a folder's list of names, outlive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def check_copy(path: Path) -> int:
    """How many events a backup holds. Raises BrokenCopy when it is not whole."""
    copy = open_copy(path)
    try:
        with copy.reading() as connection:
            sound = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
            faults = [fault.what for fault in verify(connection)]
            if sound != "ok" or faults:
                raise BrokenCopy("; ".join([str(sound), *faults[:3]]))
            return sum(log.head(connection, hall_id).seq for hall_id in log.hall_ids(connection))
    except sa.exc.DatabaseError as error:
        raise BrokenCopy(str(error.orig)) from error
    finally:
        copy.dispose()
