"""What a call costs with 10 and with 600 people waiting.

Run as ``python -m benchmarks.calling [--samples N] [DATABASE_URL ...]``. Without a URL it measures
a new SQLite file; a URL must be of an empty, migrated database. Samples of the two halls alternate,
so that whatever else the machine does falls on both.
"""

import argparse
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from queue_server.cli import database
from queue_server.domain.day import Hall
from queue_server.domain.numbering import TicketClass
from queue_server.domain.window import Line, Window
from queue_server.services import counters, days, intake, seats, setup
from queue_server.store.engine import Store, open_store
from queue_server.store.unit_of_work import UnitOfWork

#: How many wait in the two halls that are compared.
FEW, MANY = 10, 600
#: By how much the larger may cost more.
WITHIN = 1.25
#: Samples before those that count: statements are compiled, pages are read.
WARM_UP = 10


@dataclass
class WaitingRoom:
    """A hall of its own in which always the same number of people wait."""

    store: Store
    waiting: int
    #: Seconds of each sample: the order alone, and with its transaction.
    order_s: list[float] = field(default_factory=list)
    whole_s: list[float] = field(default_factory=list)

    @property
    def hall_id(self) -> str:
        return f"room{self.waiting}"

    def fill(self) -> "WaitingRoom":
        """Line A with care and ordinary tickets, and one window that helps out at line B."""
        hall = Hall(self.hall_id, "测", "Test", "Asia/Shanghai", demo=True)
        lines = [Line(self.hall_id, letter, letter, letter, "specialist", n, 5) for n, letter in enumerate("AB")]
        setup.found(self.store, _now, hall, lines, [Window(self.hall_id, "1", "specialist", 1, "大厅", ["A"], ["B"])])
        self.do(days.open_day)
        self.do(seats.open_window, "1", "clerk")
        for n in range(self.waiting):
            self.do(intake.issue, "A", TicketClass.CARE if n % 6 == 0 else TicketClass.ORDINARY, "staff")
        return self

    def do(self, order: Any, *arguments: Any) -> dict[str, Any]:
        with UnitOfWork(self.store, self.hall_id, _now, "staff:clerk") as uow:
            result: dict[str, Any] = order(uow, *arguments)
        return result

    def sample(self) -> None:
        """Call once, timed; then, untimed, put things as they were."""
        ticket = self.do(partial(self._timed_call))["ticket"]
        self.whole_s.append(time.perf_counter() - self._began)
        self.do(counters.leave, ticket["id"], "clerk")
        self.do(intake.issue, "A", TicketClass.ORDINARY, "staff")

    def _timed_call(self, uow: UnitOfWork) -> dict[str, Any]:
        self._began = time.perf_counter()
        called = counters.call_next(uow, "1", "clerk")
        self.order_s.append(time.perf_counter() - self._began)
        return called


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Measured:
    """Medians in milliseconds for few and for many waiting."""

    database: str
    order: tuple[float, float]
    whole: tuple[float, float]

    @property
    def ratio(self) -> float:
        """The order's cost with many waiting, as a multiple of that with few."""
        return self.order[1] / self.order[0]


def rooms(store: Store) -> tuple[WaitingRoom, WaitingRoom]:
    return WaitingRoom(store, FEW).fill(), WaitingRoom(store, MANY).fill()


def measure(pair: tuple[WaitingRoom, WaitingRoom], samples: int) -> Measured:
    """Take samples of both rooms in turn; the first of a pair alternates as well."""
    for room in pair:
        room.order_s.clear()
        room.whole_s.clear()
    for n in range(samples + WARM_UP):
        for room in pair if n % 2 else reversed(pair):
            room.sample()
    order, whole = ([_median_ms(getattr(room, name)) for room in pair] for name in ("order_s", "whole_s"))
    return Measured(pair[0].store.writer.dialect.name, (order[0], order[1]), (whole[0], whole[1]))


def _median_ms(seconds: list[float]) -> float:
    return statistics.median(seconds[WARM_UP:]) * 1000


def table(results: list[Measured]) -> str:
    lines = [
        f"{'median, ms':12} {'order, ' + str(FEW):>11} {'order, ' + str(MANY):>11} {'ratio':>6} {'with commit':>17}"
    ]
    for one in results:
        with_commit = f"{one.whole[0]:.2f} → {one.whole[1]:.2f}"
        lines.append(f"{one.database:12} {one.order[0]:11.2f} {one.order[1]:11.2f} {one.ratio:6.2f} {with_commit:>17}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("urls", nargs="*")
    parser.add_argument("--samples", type=int, default=400)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        results = [_of(url, asked.samples) for url in asked.urls or [f"sqlite:///{Path(folder) / 'hall.db'}"]]
    sys.stdout.write(table(results) + "\n")


def _of(url: str, samples: int) -> Measured:
    store = open_store(url)
    database.upgrade(store)
    try:
        return measure(rooms(store), samples)
    finally:
        store.dispose()


if __name__ == "__main__":
    main()
