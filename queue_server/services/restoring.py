"""Putting a backup in the place of a hall's database, so that no number on paper is given again."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from queue_server.domain.series import Series
from queue_server.services.maintenance import check_copy, flush
from queue_server.store import current, log, screens, tables
from queue_server.store.engine import Store, open_store, sqlite_url
from queue_server.store.unit_of_work import UnitOfWork, new_id

#: Where a line goes on when the database that was lost cannot be read: behind the next full thousand,
#: which no line of a hall reaches in a day.
THOUSAND = 1000
#: Side tables that are newer in the replaced database than in any backup: a changed password and a
#: revoked device must not come back to life.
KEPT_FROM_THE_REPLACED = (tables.staff, tables.devices)

Rows = list[dict[str, Any]]


@dataclass
class Lost:
    """What is known of the database that is replaced, and of those that earlier restores set aside."""

    #: Hall, day, line → the last serial known to have been given.
    given: dict[tuple[str, date, str], int] = field(default_factory=dict)
    #: Rows of the replaced database's accounts and devices, by table.
    people: dict[str, Rows] = field(default_factory=dict)
    #: The replaced database could not be read: numbers may have been given that nobody knows of.
    blind: bool = True

    def learn(self, path: Path) -> bool:
        """Take over the counters of a database; False when it cannot be read."""
        if not path.exists():
            return False
        store = open_store(sqlite_url(path))
        try:
            with store.reading() as connection:
                for row in connection.execute(sa.select(tables.series)):
                    key = row.hall_id, row.day, row.line
                    self.given[key] = max(row.last, self.given.get(key, 0))
                self.people = {
                    table.name: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
                    for table in KEPT_FROM_THE_REPLACED
                }
            return True
        except sa.exc.DatabaseError:
            return False
        finally:
            store.dispose()


def what_was_lost(path: Path) -> Lost:
    lost = Lost()
    for earlier in _set_aside_before(path):
        lost.learn(earlier)
    lost.people.clear()
    lost.blind = not lost.learn(path)
    return lost


def _set_aside_before(path: Path) -> Iterator[Path]:
    for aside in sorted(path.parent.glob(f"{path.name}.replaced-*")):
        if not aside.name.endswith(("-wal", "-shm")):
            yield aside


def restore(source: Path, path: Path, clock: Callable[[], datetime]) -> str:
    """Put a verified backup in the place of the database; the server must be stopped.

    The restored database is made whole beside the old one and takes its name in one step: whenever
    this is interrupted, the old one stands. The old one is kept as ``.replaced-1`` and so on. Every
    hall gets a new epoch, so that screens take a new snapshot; everybody signs in again; accounts
    and devices stay as the replaced database had them. Numbers given since the backup are never
    given again: they are read from the replaced database, or, when that cannot be read, every line
    goes on behind the next full thousand.

    Returns which of the two it was, ``exact`` or ``skipped``. Raises BrokenCopy.
    """
    check_copy(source)
    lost = what_was_lost(path)
    draft = path.with_name(f"{path.name}.restoring")
    _remove(draft)
    shutil.copyfile(source, draft)
    _bring_up(draft, clock, lost)
    flush(draft)
    _change_places(draft, path)
    return "skipped" if lost.blind else "exact"


def _bring_up(draft: Path, clock: Callable[[], datetime], lost: Lost) -> None:
    store = open_store(sqlite_url(draft))
    try:
        renew(store, clock, lost)
        with store.writer.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        store.dispose()


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _change_places(draft: Path, path: Path) -> None:
    """Keep the old file under a free name and give its own to the draft, in one step."""
    place = 1
    while (aside := path.with_name(f"{path.name}.replaced-{place}")).exists():
        place += 1
    with suppress(FileNotFoundError):
        os.link(path, aside)
    # A log of the old file must not be taken for one of the new. It is there only when the old file
    # could not be read, or was cut off: reading it has written it back otherwise.
    for suffix in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).replace(aside.with_name(aside.name + suffix))
    draft.replace(path)
    _remove(draft)
    flush(path.parent)


def renew(store: Store, clock: Callable[[], datetime], lost: Lost) -> None:
    """Give every hall a new epoch, move its counters past every number that may be on paper, and
    sign everybody out."""
    with store.reading() as connection:
        halls = log.hall_ids(connection)
    for hall_id in halls:
        with UnitOfWork(store, hall_id, clock) as uow:
            moved = _move_counters(uow, lost)
            uow.connection.execute(tables.sessions.delete())
            _keep_people(uow, lost)
            screens.forget_drawn(uow.connection, hall_id)
            uow.epoch = new_id()
            uow.record("hall.restored", *moved, epoch=uow.epoch)


def _move_counters(uow: UnitOfWork, lost: Lost) -> list[Series]:
    moved = []
    for (day, letter), known in _targets(uow, lost).items():
        series = uow.find(Series, day=day, line=letter) or Series(uow.hall_id, day, letter)
        unseen = (max(series.last, known) // THOUSAND + 1) * THOUSAND
        target = unseen if lost.blind else known
        if target > series.last:
            series.last = target
            moved.append(series)
    return moved


def _targets(uow: UnitOfWork, lost: Lost) -> dict[tuple[date, str], int]:
    """The counters to look at, with the last number known of each."""
    known = {(day, line): last for (hall, day, line), last in lost.given.items() if hall == uow.hall_id}
    if not lost.blind:
        return known
    letters = [row["letter"] for row in current.hall_lines(uow.connection, uow.hall_id)]
    latest = uow.latest_day()
    days = {uow.hall().local(uow.now).date(), *([latest.date] if latest else [])}
    return {(day, letter): 0 for day in days for letter in letters} | known


def _keep_people(uow: UnitOfWork, lost: Lost) -> None:
    for table in KEPT_FROM_THE_REPLACED:
        for row in lost.people.get(table.name, []):
            if row["hall_id"] == uow.hall_id:
                uow.connection.execute(table.delete().where(table.c.id == row["id"]))
                uow.connection.execute(table.insert().values(**row))
