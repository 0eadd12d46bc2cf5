"""What the command tells a script: whether every bar was kept."""

import sys
from typing import Any

import pytest

from benchmarks import __main__ as command
from benchmarks.report import Row

KEPT, MISSED, NO_BAR = Row("order", 40, "ms", bar=50), Row("news", 60, "ms", bar=50), Row("start", 60, "ms")


def exit_code(monkeypatch: pytest.MonkeyPatch, rows: list[Row], *arguments: str) -> int:
    def measured(_: Any) -> list[Row]:
        return rows

    monkeypatch.setattr(command, "PARTS", {"news": measured})
    monkeypatch.setattr(sys, "argv", ["benchmarks", "--only", "news", *arguments])
    return command.main()


def test_a_missed_bar_is_exit_code_one(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(monkeypatch, [KEPT, MISSED, NO_BAR]) == 1
    printed = capsys.readouterr()
    assert "MISSED" in printed.out
    assert "1 of 2 bars missed" in printed.err


def test_kept_bars_are_exit_code_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    assert exit_code(monkeypatch, [KEPT, NO_BAR]) == 0


def test_a_ratio_without_its_baseline_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert exit_code(monkeypatch, [Row("news", 1, "ms", bar=1.5, of_ratio=True)]) == 1


def test_a_quick_run_judges_nothing_and_says_nothing_of_bars(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(monkeypatch, [KEPT, MISSED], "--quick") == 0
    printed = capsys.readouterr()
    assert "MISSED" not in printed.out + printed.err
    assert "ok" not in printed.out


def test_the_help_says_so() -> None:
    assert "Exit code 1 when a figure misses its bar" in " ".join(command.parser().format_help().split())
