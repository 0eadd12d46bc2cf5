"""Nine processes at once, each with its own connections: three issue, six call."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from queue_server.domain.day import Hall
from queue_server.domain.window import Line, Window
from queue_server.services import maintenance, setup
from queue_server.store import log
from queue_server.store.engine import Store
from tests.reliability.history import Done, History
from tests.support.halls import HALL, Bench
from tests.support.servers import ROOT

ROUNDS = int(os.environ.get("RACE_ROUNDS", "3"))
#: Issues of one issuing process in a round.
ISSUES = 30
#: Window → its lines, its secondary lines.
WINDOWS: dict[str, tuple[list[str], list[str]]] = {
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


class Race:
    """The nine processes, and what they did."""

    def __init__(self, url: str, folder: Path) -> None:
        self.flag = folder / "issued"
        common = {"url": url, "origin_ns": time.monotonic_ns(), "flag": str(self.flag)}
        tasks = [common | {"name": f"kiosk{n}", "issues": ISSUES} for n in range(3)]
        tasks += [
            common | {"name": f"window{code}", "window": code, "lines": lines, "secondary": secondary}
            for code, (lines, secondary) in WINDOWS.items()
        ]
        self.processes = [self._start(task) for task in tasks]
        self.records: list[dict[str, Any]] = []
        self.problems: list[str] = []

    def _start(self, task: dict[str, Any]) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.reliability.racer"]
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._say(process, json.dumps(task))
        return process

    @staticmethod
    def _say(process: "subprocess.Popen[str]", line: str) -> None:
        assert process.stdin is not None
        process.stdin.write(line + "\n")
        process.stdin.flush()

    @staticmethod
    def _hear(process: "subprocess.Popen[str]") -> str:
        assert process.stdout is not None
        return process.stdout.readline()

    def wait_until_ready(self) -> None:
        for process in self.processes:
            assert self._hear(process) == "ready\n"

    def round(self, number: int) -> list[dict[str, Any]]:
        """One round: everybody starts at once; the callers stop when all have been issued and called."""
        self.flag.unlink(missing_ok=True)
        for process in self.processes:
            self._say(process, str(number))
        records = [record for process in self.processes[:3] for record in self._result(process)]
        self.flag.touch()
        records += [record for process in self.processes[3:] for record in self._result(process)]
        self.records += records
        return records

    def _result(self, process: "subprocess.Popen[str]") -> list[dict[str, Any]]:
        line = self._hear(process)
        assert line, "a process of the race died; its trace is in the captured output"
        result = json.loads(line)
        self.problems += result["problems"]
        return list(result["records"])

    def end(self) -> None:
        for process in self.processes:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.close()
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()  # type: ignore[union-attr]


@contextmanager
def racing(url: str, folder: Path) -> Iterator[Race]:
    race = Race(url, folder)
    try:
        race.wait_until_ready()
        yield race
    finally:
        race.end()


def figures(records: list[dict[str, Any]], seconds: float) -> str:
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


def test_nine_processes_at_once_give_call_and_order_every_ticket_rightly(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    found(store)
    with racing(database_url, tmp_path) as race:
        started = time.monotonic()
        for number in range(ROUNDS):
            race.round(number)
        seconds = time.monotonic() - started
    print(f"\n{store.writer.dialect.name}, {ROUNDS} rounds: {figures(race.records, seconds)}")
    history = History([Done.load(record) for record in race.records])
    assert race.problems == []
    assert history.faults() == []
    assert_enough_happened(race.records)
    assert_log_agrees(store, race.records)


def assert_enough_happened(records: list[dict[str, Any]]) -> None:
    """A race in which nothing met would prove nothing."""
    kinds = {(record["kind"], bool(record.get("number"))) for record in records}
    assert kinds == {("issue", True), ("call", True), ("call", False), ("transfer", True)}
    # All three issuing processes press some presses together: each of those gave one number.
    alone = ISSUES - ISSUES // 10
    assert sum(1 for r in records if r["kind"] == "issue") == ROUNDS * (3 * alone + ISSUES // 10)


def assert_log_agrees(store: Store, records: list[dict[str, Any]]) -> None:
    """The log has no gap, says what was answered, and the tables are its fold."""
    with store.reading() as connection:
        events = list(log.whole(connection, HALL))
        assert list(maintenance.verify(connection)) == []
        assert list(maintenance.verify_statistics(connection)) == []
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    for kind, event_type in (("issue", "ticket.issued"), ("call", "ticket.called"), ("transfer", "ticket.transferred")):
        answered = sum(1 for r in records if r["kind"] == kind and r.get("number"))
        assert sum(1 for event in events if event.type == event_type) == answered


def _issue(serial: int, start: int, turn_at: int | None = None, line: str = "A") -> Done:
    turn = start if turn_at is None else turn_at
    return Done("issue", start, start + 5, f"{line}{serial:03d}", line, serial, turn, serial)


def _call(number: str | None, start: int, lines: tuple[str, ...] = ("A",), secondary: tuple[str, ...] = ()) -> Done:
    return Done("call", start, start + 5, number, lines=lines, secondary=secondary)


GOOD = [_issue(1, 0), _issue(2, 10), _call("A001", 20), _call("A002", 30), _call(None, 40)]


def test_the_checker_accepts_a_right_history() -> None:
    assert History(GOOD).faults() == []


def test_the_checker_allows_what_overlapping_orders_may_do() -> None:
    overlapping = [_issue(1, 0), _issue(2, 1), _call("A002", 3), _call(None, 4), _call("A001", 8)]
    assert History(overlapping).faults() == []


@pytest.mark.parametrize(
    ("history", "fault"),
    [
        ([*GOOD, _issue(2, 50)], "given 2 times"),
        ([*GOOD, _issue(4, 50)], "has no 3"),
        ([*GOOD, _call("A001", 60)], "was called 2 times"),
        ([*GOOD, _call("A009", 60)], "never given"),
        ([_call("A001", 0), _issue(1, 50)], "called before it joined"),
        ([*GOOD, _issue(3, 50), _call(None, 60)], "while A003 did"),
        ([_issue(1, 0), _issue(2, 10), _call("A002", 20), _call("A001", 30)], "A002 was called before A001"),
        ([_issue(1, 0, turn_at=90), _issue(2, 10, turn_at=80), _call("A001", 20), _call("A002", 30)], "before A002"),
        (
            [_issue(1, 0, line="B"), _issue(1, 10), _call("B001", 20, secondary=("B",)), _call("A001", 30)],
            "before A001",
        ),
        ([_issue(1, 0, line="B"), _call("B001", 20)], "does not serve"),
        (
            [_issue(1, 0), Done("transfer", 10, 15, "A001", "B", 1, 0, 1), _call("A001", 20, ("A", "B"))],
            "joined again before it was called",
        ),
    ],
)
def test_the_checker_sees(history: list[Done], fault: str) -> None:
    assert any(fault in found for found in History(history).faults()), History(history).faults()
