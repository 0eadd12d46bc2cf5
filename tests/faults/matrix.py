"""Every fault at every client, idle and under five orders a second: ``python -m tests.faults.matrix``.

All clients meet a fault at the same time, each another one than its neighbour, so that ten rounds cover all
seventy pairs.
"""

import argparse
import itertools
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from queue_server.cli.database import upgrade
from queue_server.store.engine import open_store
from tests.faults.crowd import crowd
from tests.faults.database import away_database
from tests.faults.floor import Floor
from tests.faults.pages import needed_chromium
from tests.faults.proxy import FAULTS, Fault
from tests.faults.rounds import BLINK_S, HEADER, Round, Row
from tests.support.postgres import PrivatePostgres, binaries
from tests.support.served import small_hall

CLIENTS = ("board", "counter page", "kiosk", "kiosk, pressed", "floor page", "display_client", "counter_client")

#: Everybody loses what was on the road, for a moment only.
BLINK: dict[str, Fault] = dict.fromkeys(CLIENTS, "drop")


def plans() -> Iterator[dict[str, Fault]]:
    """Five rounds in which every client meets every fault once."""
    for first in range(len(FAULTS)):
        yield {client: FAULTS[(first + n) % len(FAULTS)] for n, client in enumerate(CLIENTS)}


@contextmanager
def floor(folder: Path, sqlite_template: Path) -> Iterator[Floor]:
    """A hall on SQLite with all its clients, at work."""
    (folder / "data").mkdir()
    (folder / "box").mkdir()
    hall = small_hall(folder / "data", sqlite_template)
    hall.server.start()
    try:
        with needed_chromium() as browser:
            made = Floor(hall, browser, folder / "box")
            try:
                yield made
            finally:
                made.close()
    finally:
        hall.server.kill()


def template(folder: Path) -> Path:
    path = folder / "template.db"
    store = open_store(f"sqlite:///{path}")
    upgrade(store)
    store.dispose()
    return path


def clients_matrix() -> list[Row]:
    folder = Path(tempfile.mkdtemp(prefix="wz-faults-"))
    rows: list[Row] = []
    try:
        with floor(folder, template(folder)) as made:
            for loaded in (False, True):
                for plan in plans():
                    rows += (done := Round(made, plan, loaded).run())
                    print(*done, sep="\n", flush=True)
                rows += (done := Round(made, BLINK, loaded, BLINK_S).run())
                print(*done, sep="\n", flush=True)
            made.headless.close()
            made.assert_each_order_happened_once()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return rows


@contextmanager
def databases() -> Iterator[Callable[[], str]]:
    """Makes empty databases on a private PostgreSQL."""
    programs = binaries()
    if programs is None:
        sys.exit("PostgreSQL is not installed (apt-get install postgresql)")
    server, names = PrivatePostgres(programs), itertools.count()
    server.start()

    def another() -> str:
        name = f"hall_{next(names)}"
        engine = sa.create_engine(server.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        engine.dispose()
        store = open_store(server.url(name))
        upgrade(store)
        store.dispose()
        return server.url(name)

    try:
        yield another
    finally:
        server.stop()


def backs_matrix() -> list[str]:
    """Every fault behind the server: at its database, and at the Redis between its processes."""
    folder, broken = Path(tempfile.mkdtemp(prefix="wz-faults-")), []
    (folder / "database").mkdir()
    (folder / "redis").mkdir()
    try:
        with databases() as another:
            with away_database(another(), folder / "database") as hall:
                for orders_per_s, fault in itertools.product((0, 5), FAULTS):
                    broken += hall.round(fault, orders_per_s)
                hall.assert_answers_stand()
            with crowd(another(), folder / "redis") as many:
                for loaded in (False, True):
                    broken += many.death(loaded)
                    broken += [what for fault in FAULTS for what in many.round(fault, loaded)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return broken


def main() -> int:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    # Servers and browsers are ended by their blocks; a plain SIGTERM would pass all of them by.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    print(HEADER)
    rows, broken = clients_matrix(), backs_matrix()
    bad = [str(row) for row in rows if row.faults]
    print(f"\n{HEADER}", *rows, *broken, sep="\n")
    print(f"\n{len(rows)} pairs of client and fault, {len(bad)} with faults; behind the server {len(broken)} faults")
    return 1 if bad or broken else 0


if __name__ == "__main__":
    sys.exit(main())
