"""A race as a test runs it: its processes, its rounds, and the history that comes of it."""

import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from queue_server.domain.day import Hall
from queue_server.domain.window import Line, Window
from queue_server.services import setup
from queue_server.store.engine import Store
from tests.reliability.history import Done, History, Told
from tests.support.halls import HALL, Bench
from tests.support.servers import ROOT

Windows = dict[str, tuple[list[str], list[str]]]
#: Window → its lines, its secondary lines.
WINDOWS: Windows = {
    "1": (["A"], []),
    "2": (["A"], []),
    "3": (["A"], []),
    "4": (["A"], ["B"]),
    "5": (["B"], ["A"]),
    "6": (["A", "B"], []),
}


def found(store: Store) -> None:
    """A hall in which six windows compete for line A and three for line B."""
    bench = Bench(store)
    lines = [Line(HALL, letter, letter, letter, "specialist", n, 5) for n, letter in enumerate("AB")]
    windows = [
        Window(HALL, code, "specialist", int(code), "大厅", lines, secondary)
        for code, (lines, secondary) in WINDOWS.items()
    ]
    setup.found(store, bench.clock, Hall(HALL, "测试大厅", "Test hall", "Asia/Shanghai", demo=True), lines, windows)
    bench.open_day()
    for code in WINDOWS:
        bench.sit(code, clerk=code)


def direct(url: str, issuing: int = 3, issues: int = 30, windows: Iterable[str] = WINDOWS, **more: Any) -> Any:
    """The task of processes that open the database themselves; ``without`` names guards to take out."""
    transfers = more.pop("transfers", True)
    return {
        "origin_ns": time.monotonic_ns(),
        "issuing": [{"name": f"kiosk{n}", "url": url, "issues": issues} for n in range(issuing)],
        "calling": [
            {"name": f"window{code}", "url": url, "window": code, "transfers": transfers}
            | {"lines": WINDOWS[code][0], "secondary": WINDOWS[code][1]}
            for code in windows
        ],
        **more,
    }


class Race:
    """The processes, and what they did so far."""

    def __init__(self, task: dict[str, Any]) -> None:
        command = [sys.executable, "-m", "tests.reliability.crew"]
        self._crew = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.records: list[dict[str, Any]] = []
        self.problems: list[str] = []
        self.told: list[Told] = []
        self._say(json.dumps(task))

    def _say(self, line: str) -> None:
        assert self._crew.stdin is not None
        self._crew.stdin.write(line + "\n")
        self._crew.stdin.flush()

    def _hear(self) -> str:
        assert self._crew.stdout is not None
        line = self._crew.stdout.readline()
        assert line, "a process of the race died; its trace is in the captured output"
        return line

    def wait_until_ready(self) -> None:
        assert self._hear() == "ready\n"

    def round(self, number: int) -> None:
        self._say(str(number))
        result = json.loads(self._hear())
        self.records += result["records"]
        self.problems += result["problems"]
        self.told += [Told(*pair) for pair in result["told"]]

    def history(self) -> History:
        return History([Done.load(record) for record in self.records], list(self.problems), list(self.told))

    def end(self) -> None:
        assert self._crew.stdin is not None
        assert self._crew.stdout is not None
        self._crew.stdin.close()
        try:
            self._crew.wait(30)
        except subprocess.TimeoutExpired:
            self._crew.kill()
            self._crew.wait()
        self._crew.stdout.close()


@contextmanager
def racing(task: dict[str, Any]) -> Iterator[Race]:
    race = Race(task)
    try:
        race.wait_until_ready()
        yield race
    finally:
        race.end()


def figures(records: Sequence[dict[str, Any]], seconds: float) -> str:
    took = sorted((record["end"] - record["start"]) / 1e6 for record in records)
    calls = sum(1 for r in records if r["kind"] == "call" and r.get("number"))
    nobody = sum(1 for r in records if r["kind"] == "call" and not r.get("number"))
    issued = sum(1 for r in records if r["kind"] == "issue")
    p95 = took[int(len(took) * 0.95)]
    return (
        f"{issued} issued, {calls} called, {nobody} times nobody; "
        f"{len(records) / seconds:.0f} orders/s, "
        f"p50 {took[len(took) // 2]:.1f} ms, p95 {p95:.1f} ms, max {took[-1]:.0f} ms"
    )
