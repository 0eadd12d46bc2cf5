"""The measuring commands run and print their tables. How fast this machine is, is not judged here."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.frozen import freeze
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


def test_a_frozen_run_is_of_the_copy_whatever_becomes_of_the_tree(tmp_path: Path) -> None:
    """Every program of the run starts from where its module lies, the report process as well."""
    tree = freeze(tmp_path / "source")
    asks = "import benchmarks.processes as p, queue_server.report_worker as r, tests.support.servers as s"
    told = f"{asks}; print(p.ROOT, r.__file__, s.ROOT, s.Server(s.Path('x')).environment['PYTHONPATH'])"
    command = [sys.executable, "-c", told]
    places = subprocess.run(
        command, cwd=tree, env={"PYTHONPATH": str(tree)}, capture_output=True, text=True, check=True
    )
    assert all(Path(place).is_relative_to(tree) for place in places.stdout.split())
    assert {file.name for file in tree.iterdir()} >= {"wsgi.py", "gunicorn.conf.py", "static", "counter_client"}
    assert not (tree / ".venv").exists()
