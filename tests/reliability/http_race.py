"""The race over HTTP: processes as clients of a running server, or of several behind one address.

``race_over_http(address, hall, rounds)`` gives the history of a race against a served hall, with what
its database says afterwards and what a reader of the news was told when. As a command it serves a
hall itself, one worker, and races against it::

    python -m tests.reliability.http_race --rounds 50 [--database postgresql+psycopg://…]

The database must be migrated and empty; without one it is a SQLite file of the race's own.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tqdm import tqdm

from queue_server.cli import database
from queue_server.store import log
from queue_server.store.engine import Store, open_store
from tests.reliability.evidence import Evidence
from tests.reliability.history import History
from tests.reliability.race import Windows, figures, racing
from tests.reliability.watcher import Watcher
from tests.support.halls import HALL
from tests.support.served import ServedHall, hall_on
from tests.support.servers import wait_until

#: The windows of a served hall.
WINDOWS: Windows = {"1": (["A"], []), "2": (["A"], []), "3": (["B"], ["A"])}
#: Numbers that each of three kiosks takes in a round.
ISSUES = 12


def race_over_http(address: str | Sequence[str], hall: ServedHall, rounds: int, shown: bool = False) -> History:
    """Race against a running server and return what came of it; ``History.faults()`` judges it.

    With several addresses the processes are spread over them, and at each a reader listens.
    ``hall`` is a served hall, whose clerks sit down for the race; nobody else may use it meanwhile.
    """
    addresses = [address] if isinstance(address, str) else list(address)
    with hall.database() as store, ExitStack() as stack:
        watchers = [stack.enter_context(Watcher(each, lambda: head(store))) for each in addresses]
        wait_until(lambda: all(watcher.synced for watcher in watchers), what="the first snapshots")
        history = _raced(addresses, hall, rounds, shown)
        last = head(store)
        wait_until(lambda: all(watcher.position["seq"] >= last for watcher in watchers), what=f"news up to {last}")
        history.told = [told for watcher in watchers for told in watcher.told]
        history.problems += [problem for watcher in watchers for problem in watcher.problems(last)]
        history.evidence = Evidence.read(store)
    return history


def head(store: Store) -> int:
    """Where the committed log stands."""
    with store.reading() as connection:
        return log.head(connection, HALL).seq


def _raced(addresses: list[str], hall: ServedHall, rounds: int, shown: bool) -> History:
    with racing(task(addresses, hall.kiosk)) as race:
        started = time.monotonic()
        for number in tqdm(range(rounds), desc="rounds", file=sys.stderr, disable=not shown):
            race.round(number)
        print(f"\nover HTTP, {rounds} rounds: {figures(race.records, time.monotonic() - started)}")
    return race.history()


def task(addresses: list[str], kiosk: str) -> dict[str, Any]:
    """Three kiosks with one token, and a clerk at each window, spread over the addresses."""
    where = [addresses[n % len(addresses)] for n in range(3)]
    return {
        "issuing": [
            {"name": f"kiosk{n}", "address": each, "token": kiosk, "issues": ISSUES} for n, each in enumerate(where)
        ],
        "calling": [
            {"name": f"window{code}", "address": each, "window": code, "lines": lines, "secondary": secondary}
            for each, (code, (lines, secondary)) in zip(where, WINDOWS.items(), strict=True)
        ],
    }


def main() -> None:
    asked = argparse.ArgumentParser(description="race against a served hall")
    asked.add_argument("--rounds", type=int, default=50)
    asked.add_argument("--database", default="", help="URL of a migrated, empty database")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.database or _file(Path(folder))
        hall = hall_on(url, Path(folder))
        hall.server.start()
        try:
            faults = race_over_http(hall.server.address, hall, given.rounds, shown=True).faults()
        finally:
            hall.server.kill()
    print("\n".join(faults[:50]) or "no fault")
    sys.exit(bool(faults))


def _file(folder: Path) -> str:
    url = f"sqlite:///{folder / 'hall.db'}"
    store = open_store(url)
    database.upgrade(store)
    store.dispose()
    return url


if __name__ == "__main__":
    main()
