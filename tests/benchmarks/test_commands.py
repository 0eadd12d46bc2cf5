"""The measuring commands run and print their tables. How fast this machine is, is not judged here."""

import subprocess
import sys

import pytest

from tests.support.servers import ROOT

pytestmark = pytest.mark.slow


def run(*arguments: str) -> str:
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_the_quick_benchmarks_print_ours_beside_the_baseline() -> None:
    table = run("benchmarks", "--quick", "--only", "news,orders,memory,start")
    print(f"\n{table}")
    heads, *rows = table.splitlines()
    assert heads.split() == ["Window", "Zero", "baseline", "ratio", "bar"]
    for what in ("last reader, p50", "8 at once: p95", "just started, RSS", "first /healthz"):
        (row,) = [row for row in rows if what in row]
        ours, baseline = [float(word) for word in row.partition(what)[2].split() if word.replace(".", "").isdigit()][:2]
        assert ours > 0
        assert baseline > 0


def test_a_short_soak_loses_no_news_and_shows_its_slopes() -> None:
    shown = run("benchmarks.soak", "--minutes", "0.1", "--screens", "10", "--pages", "0", "--speed", "600")
    print(f"\n{shown}")
    assert "news: all 10 screens have every one up to" in shown
    assert {line.split()[0] for line in shown.splitlines()} >= {"own_mb", "threads", "sockets", "heap_mb"}
    assert "the slopes are not judged" in shown
