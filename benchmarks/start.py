"""The cold start: from nothing to the first answer, and to the first page."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.hall import served
from benchmarks.processes import PATIENCE_S, Hello, wait_until_answered
from benchmarks.report import Row, median


@dataclass
class Starts:
    """Seconds after the process was asked for."""

    health: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)
    hello: list[float] = field(default_factory=list)


def measure(rounds: int, show: Callable[[], object]) -> Starts:
    starts = Starts()
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as hall:
        server = hall.server
        for _ in range(rounds):
            server.kill()
            began = time.perf_counter()
            server.start()
            starts.health.append(time.perf_counter() - began)
            wait_until_answered(server.port, "/board", PATIENCE_S)
            starts.page.append(time.perf_counter() - began)
            began = time.perf_counter()
            with Hello():
                starts.hello.append(time.perf_counter() - began)
            show()
    return starts


def rows(starts: Starts) -> list[Row]:
    hello = median(starts.hello)
    return [
        Row("cold start: first /healthz", median(starts.health), "s", hello),
        Row("cold start: first page", median(starts.page), "s", hello),
    ]
