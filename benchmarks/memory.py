"""What the worker holds: idle, after work, and for each reader of the news."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.hall import HALL, served
from benchmarks.orders import Desk, press
from benchmarks.processes import Bare, Crowd, memory_mb
from benchmarks.report import Row

#: The bar of the design for a server that has just started, in MB.
BAR_IDLE_MB = 120.0
#: Presses before the readers come: whatever the first orders load must not count as a reader's.
PRESSES = 64
#: How long the server is left alone before it is looked at, in seconds.
SETTLE_S = 1.0


@dataclass(frozen=True)
class Held:
    """Megabytes: resident (RSS) and proportional (PSS)."""

    idle: tuple[float, float]
    worked: tuple[float, float]
    full: tuple[float, float]
    bare_idle: tuple[float, float]
    bare_full: tuple[float, float]


def measure(readers: int, show: Callable[[], object]) -> Held:
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as hall, Crowd() as crowd:
        idle = _settled(hall.worker)
        show()
        press([Desk(clerk) for clerk in hall.clerks()], PRESSES)
        worked = _settled(hall.worker)
        show()
        crowd.ask(do="connect", group="ours", port=hall.server.port, count=readers, hall=HALL)
        full = _settled(hall.worker)
        show()
        with Bare(b"") as bare:
            bare_idle = _settled(bare.process.pid)
            crowd.ask(do="connect", group="base", port=bare.port, count=readers)
            bare_full = _settled(bare.process.pid)
        show()
    return Held(idle, worked, full, bare_idle, bare_full)


def _settled(pid: int) -> tuple[float, float]:
    time.sleep(SETTLE_S)
    return memory_mb(pid)


def rows(readers: int, held: Held) -> list[Row]:
    each, bare = ((full[1] - before[1]) * 1024 / readers for full, before in _pairs(held))
    return [
        Row("memory: worker just started, RSS", held.idle[0], "MB", held.bare_idle[0], BAR_IDLE_MB),
        Row("memory: worker just started, PSS", held.idle[1], "MB", held.bare_idle[1]),
        Row(f"memory: after {PRESSES} orders, PSS", held.worked[1], "MB"),
        Row(f"memory: with {readers} readers, PSS", held.full[1], "MB", held.bare_full[1]),
        Row("memory: each reader, PSS", each, "kB", bare),
    ]


def _pairs(held: Held) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    return [(held.full, held.worked), (held.bare_full, held.bare_idle)]
