"""Whether the hall can be left alone: a simulated day again and again, with every screen open.

    python -m benchmarks.soak --minutes 120 --screens 200

Every day is a new one: the driver steps the hall's clock to the next working morning. Judged are
the worker's own (anonymous) memory and the heap of real board pages after a forced collection: the
slope of a straight line through the samples after the warm-up. A database that grows, its log and
the system's cache of it are not the worker's memory. The run is of a copy of the source, made at the
start: the tree may change meanwhile.
"""

import argparse
import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from benchmarks.boards import Boards
from benchmarks.frozen import run_frozen
from benchmarks.hall import Demo, served_demo
from benchmarks.processes import ROOT, Crowd
from benchmarks.report import Line, straight_line, trend_table
from benchmarks.vitals import vitals_of
from queue_server.cli.demo import HALL
from tests.support.servers import wait_until

#: The most that memory may climb, in MB an hour.
BAR_MB_PER_HOUR = 1.0
#: Shorter runs say nothing about an hour, and are not judged.
JUDGED_FROM_MINUTES = 20.0
#: The beginning does not count: caches fill. A quarter of the time, at most so many minutes.
WARM_UP_SHARE, WARM_UP_MINUTES = 0.25, 15.0
SAMPLES, SHORTEST_INTERVAL_S = 240, 2.0


class Days:
    """The demonstration day of counter_client in a process of its own, one day after another."""

    def __init__(self, hall: Demo, tickets: int, speed: float) -> None:
        files = ["--credentials", str(hall.credentials)]
        pace = ["--tickets", str(tickets), "--speed", str(speed), "--quiet"]
        server = ["--server", hall.server.address, "--hall", HALL]
        self._command = [sys.executable, "-m", "counter_client", "day", *server, *files, *pace]
        self._log = (hall.server.data / "days.log").open("a+")
        self.driven = 0
        self.failed = 0
        self._start()

    def _start(self) -> None:
        command = [*self._command, "--seed", str(self.driven + 1)]
        self._day = subprocess.Popen(command, cwd=ROOT, stdout=self._log, stderr=self._log)  # noqa: S603 - our own

    def go_on(self) -> None:
        """Begin the next day when one has ended."""
        ended = self._day.poll()
        if ended is not None:
            self.driven += 1
            if ended != 0:
                self._log.seek(0)
                tqdm.write(f"day {self.driven} failed: {self._log.read()[-2000:]}", file=sys.stderr)
                self.failed += 1
            self._log.truncate(0)
            self._start()

    def stop(self) -> None:
        self._day.kill()
        self._day.wait()
        self._log.close()


@dataclass(frozen=True)
class Sample:
    """One look at everything; columns of the file that ``--csv`` writes."""

    minutes: float
    own_mb: float
    rss_mb: float
    pss_mb: float
    threads: int
    files: int
    sockets: int
    seq: int
    #: Events that the log has and the last screen has not yet.
    behind: int
    missed: int
    cut_off: int
    heap_mb: float
    nodes: int


def soak(asked: argparse.Namespace, bar: "tqdm[Any]") -> tuple[list[Sample], Days, str]:
    """Run the days; the samples, the driver, and what is wrong with the news (empty: nothing)."""
    with ExitStack() as stack:
        hall = stack.enter_context(served_demo(Path(stack.enter_context(tempfile.TemporaryDirectory()))))
        crowd = stack.enter_context(Crowd())
        crowd.ask(do="connect", group="ours", port=hall.server.port, count=asked.screens, hall=HALL)
        crowd.ask(do="follow", group="ours")
        boards = stack.enter_context(Boards(hall.server.address, asked.pages))
        days = Days(hall, asked.tickets, asked.speed)
        stack.callback(days.stop)
        samples = _watch(asked.minutes, hall, crowd, boards, days, bar)
        days.stop()
        return samples, days, _news_fault(hall, crowd)


def _watch(minutes: float, hall: Demo, crowd: Crowd, boards: Boards, days: Days, bar: "tqdm[Any]") -> list[Sample]:
    began, samples = time.monotonic(), list[Sample]()
    interval = max(SHORTEST_INTERVAL_S, minutes * 60 / SAMPLES)
    while (passed := time.monotonic() - began) < minutes * 60:
        boards.wait(min(interval, minutes * 60 - passed))
        days.go_on()
        samples.append(_sample((time.monotonic() - began) / 60, hall, crowd, boards))
        last = samples[-1]
        bar.update(min(time.monotonic() - began, minutes * 60) - bar.n)
        figures: dict[str, Any] = {"own": f"{last.own_mb:.1f}MB", "heap": f"{last.heap_mb:.1f}MB", "news": last.seq}
        bar.set_postfix({"day": days.driven + 1, **figures, "behind": last.behind})
    return samples


def _sample(minutes: float, hall: Demo, crowd: Crowd, boards: Boards) -> Sample:
    head = hall.log_head()
    heard = crowd.ask(do="state", group="ours")
    news = {"seq": heard["highest"], "missed": heard["missed"], "cut_off": heard["cut_off"]}
    news["behind"] = max(0, head - heard["lowest"]) if heard["lowest"] else 0
    vitals, heap = vitals_of(hall.worker), boards.heap()
    return Sample(minutes=minutes, **asdict(vitals), **news, heap_mb=heap.used_mb, nodes=heap.nodes)


def _news_fault(hall: Demo, crowd: Crowd) -> str:
    """Every screen must have had every piece of news up to the last, without a gap."""
    heard = crowd.ask(do="state", group="ours")

    def all_there() -> bool:
        heard.update(crowd.ask(do="state", group="ours"))
        return bool(heard["lowest"] == heard["highest"] == hall.log_head())

    try:
        wait_until(all_there, 10, "the last news at every screen")
    except AssertionError as error:
        return f"{error}: {heard}, the log's head is {hall.log_head()}"
    return f"missing or cut off: {heard}" if heard["missed"] or heard["cut_off"] else ""


def trends(samples: Sequence[Sample], minutes: float) -> list[Line]:
    """The slopes; only memory and heap have a bar."""
    warm = min(WARM_UP_MINUTES, minutes * WARM_UP_SHARE)
    counted = [sample for sample in samples if sample.minutes >= warm] or list(samples)
    hours = [sample.minutes / 60 for sample in counted]
    bars = {"own_mb": BAR_MB_PER_HOUR, "heap_mb": BAR_MB_PER_HOUR} if minutes >= JUDGED_FROM_MINUTES else {}
    names = ("own_mb", "rss_mb", "pss_mb", "threads", "files", "sockets", "heap_mb", "nodes", "behind")
    return [straight_line(name, hours, [getattr(s, name) for s in counted], bars.get(name)) for name in names]


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    add = made.add_argument
    add("--minutes", type=float, default=120.0, help="how long (120); under 20 the slopes are shown, not judged")
    add("--screens", type=int, default=200, help="readers of the news on sockets (200)")
    add("--pages", type=int, default=2, help="board pages in Chromium (2; 0 without Chromium)")
    add("--tickets", type=int, default=1300, help="people who come on a day (1300)")
    add("--speed", type=float, default=120.0, help="hall seconds per real second (120: a day in five minutes)")
    add("--csv", type=Path, metavar="FILE", help="write the samples there")
    add("--frozen", action="store_true", help=argparse.SUPPRESS)
    return made


def main() -> int:
    asked = parser().parse_args()
    if not asked.frozen:
        file = ["--csv", str(asked.csv.resolve())] if asked.csv else []
        return run_frozen("benchmarks.soak", [*sys.argv[1:], *file, "--frozen"])
    with tqdm(total=round(asked.minutes * 60), unit="s", desc="soak") as bar:
        samples, days, fault = soak(asked, bar)
    if asked.csv:
        with asked.csv.open("w", newline="") as file:
            table = csv.DictWriter(file, asdict(samples[0]).keys())
            table.writeheader()
            table.writerows(asdict(sample) for sample in samples)
    lines = trends(samples, asked.minutes)
    judged = asked.minutes >= JUDGED_FROM_MINUTES
    sys.stdout.write(f"{trend_table(lines)}\n")
    sys.stdout.write(f"days driven to their end: {days.driven}, of which failed: {days.failed}\n")
    sys.stdout.write(f"news: {fault or f'all {asked.screens} screens have every one up to {samples[-1].seq}'}\n")
    sys.stdout.write("" if judged else f"under {JUDGED_FROM_MINUTES:.0f} minutes: the slopes are not judged\n")
    unmeasured = _unmeasured(asked, samples, days) if judged else ""
    sys.stdout.write(f"{unmeasured}\n" if unmeasured else "")
    return 1 if fault or unmeasured or days.failed or any(line.missed for line in lines) else 0


def _unmeasured(asked: argparse.Namespace, samples: Sequence[Sample], days: Days) -> str:
    """What a long run was to judge and could not; empty when it judged everything."""
    if asked.pages and not any(sample.heap_mb for sample in samples):
        return "no board page was open: Chromium is not installed"
    return "" if days.driven else "no day was driven to its end"


if __name__ == "__main__":
    sys.exit(main())
