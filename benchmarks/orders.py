"""What an order costs: one clerk, and eight who press at once.

A clerk gives a number, calls it, starts and finishes it, each press as soon as the one before is
answered. Beside it: the bare transaction on the same disk, and the bare answer of the same web
server; no order can be cheaper than both together.
"""

import selectors
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from benchmarks.databases import bare_transaction
from benchmarks.hall import Clerk, Served, served
from benchmarks.processes import Hello, cpu_s
from benchmarks.report import Row, median, percentile
from benchmarks.wire import Http

#: Presses of one sample; the samples of server and baselines alternate.
PRESSES = 64
#: The bar for the slowest twentieth when eight press at once, in ms.
BAR_EIGHT_MS = 50.0


class Presser(Protocol):
    http: Http

    def next(self) -> bytes: ...

    def learn(self) -> None:
        """Take the answer to what ``next`` gave."""


@dataclass
class Desk:
    """A clerk who serves one person after another."""

    clerk: Clerk
    step: int = 0
    ticket: str = ""

    def __post_init__(self) -> None:
        self.http = self.clerk.http

    def next(self) -> bytes:
        self.step = (self.step + 1) % 4
        if self.step == 1:
            return self.clerk.issue
        if self.step == 2:
            return self.clerk.call
        return self.clerk.request(f"/tickets/{self.ticket}/{'starts' if self.step == 3 else 'finishes'}")

    def learn(self) -> None:
        answer: dict[str, Any] = self.clerk.answer()
        if self.step == 2:
            self.ticket = answer["ticket"]["id"]


@dataclass
class Visitor:
    """Asks for the hello page."""

    http: Http

    def next(self) -> bytes:
        return self.http.request("GET", "/")

    def learn(self) -> None:
        self.http.answer()


def press(pressers: Sequence[Presser], count: int) -> list[float]:
    """``count`` presses in all, everybody pressing again as soon as answered; milliseconds of each."""
    took: list[float] = []
    with selectors.DefaultSelector() as answers:
        for presser in pressers:
            at = _send(presser)
            answers.register(presser.http.connection, selectors.EVENT_READ, [presser, at])
        sent = len(pressers)
        while len(took) < sent:
            for key, _events in answers.select(30):
                presser, at = key.data
                presser.learn()
                took.append((time.perf_counter() - at) * 1000)
                if sent < count:
                    key.data[1] = _send(presser)
                    sent += 1
    return took


def _send(presser: Presser) -> float:
    request, at = presser.next(), time.perf_counter()
    presser.http.send(request)
    return at


@dataclass
class Cost:
    """Of one kind of press, all samples together."""

    took: list[float] = field(default_factory=list)
    seconds: float = 0.0
    cpu_s: float = 0.0

    def sample(self, pressers: Sequence[Presser], pid: int, presses: int) -> None:
        used, began = cpu_s(pid), time.perf_counter()
        self.took += press(pressers, presses)
        self.seconds += time.perf_counter() - began
        self.cpu_s += cpu_s(pid) - used

    @property
    def per_s(self) -> float:
        return len(self.took) / self.seconds

    @property
    def cpu_ms(self) -> float:
        return self.cpu_s * 1000 / len(self.took)


@dataclass
class Costs:
    database: str
    #: By how many press at once.
    order: dict[int, Cost] = field(default_factory=lambda: {1: Cost(), 8: Cost()})
    hello: dict[int, Cost] = field(default_factory=lambda: {1: Cost(), 8: Cost()})
    transaction: list[float] = field(default_factory=list)


def measure(samples: int, database_url: str, show: Callable[[], object]) -> Costs:
    with tempfile.TemporaryDirectory() as name, Hello() as hello:
        folder = Path(name)
        with served(folder / "hall", database_url) as hall:
            desks: list[Presser] = [Desk(clerk) for clerk in hall.clerks()]
            visitors: list[Presser] = [Visitor(Http(hello.port)) for _ in desks]
            costs = Costs(
                database_url.split("+", maxsplit=1)[0] or "sqlite", {1: Cost(), 8: Cost()}, {1: Cost(), 8: Cost()}
            )
            write = bare_transaction(folder, database_url)
            press(desks, PRESSES * 2)
            for n in range(samples):
                _round(costs, hall, hello, desks, visitors, write, turned=bool(n % 2))
                show()
    return costs


def _round(
    costs: Costs,
    hall: Served,
    hello: Hello,
    desks: list[Presser],
    visitors: list[Presser],
    write: Callable[[], float],
    turned: bool,
) -> None:
    steps: list[Callable[[], object]] = []
    for at_once in costs.order:
        steps.append(lambda n=at_once: costs.order[n].sample(desks[:n], hall.worker, PRESSES))  # type: ignore[misc]
        steps.append(lambda n=at_once: costs.hello[n].sample(visitors[:n], hello.worker, PRESSES))  # type: ignore[misc]
    steps.append(lambda: costs.transaction.extend(write() for _ in range(PRESSES)))
    for step in reversed(steps) if turned else steps:
        step()


def rows(costs: Costs) -> list[Row]:
    found: list[Row] = []
    least = median(costs.transaction)
    for at_once, order in costs.order.items():
        name, hello = f"order, {costs.database}, {at_once} at once", costs.hello[at_once]
        bar = BAR_EIGHT_MS if at_once == 8 else None
        found += [
            Row(f"{name}: p50 / transaction + hello", median(order.took), "ms", least + median(hello.took)),
            Row(f"{name}: p95 / hello", percentile(order.took, 95), "ms", percentile(hello.took, 95), bar),
            Row(f"{name}: p99 / hello", percentile(order.took, 99), "ms", percentile(hello.took, 99)),
            Row(f"{name}: orders / hellos", order.per_s, "/s", hello.per_s),
            Row(f"{name}: processor / hello's", order.cpu_ms, "ms", hello.cpu_ms),
        ]
    return [
        *found,
        Row(
            f"bare transaction, {costs.database}: p50, p95 as baseline", least, "ms", percentile(costs.transaction, 95)
        ),
    ]
