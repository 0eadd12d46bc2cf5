"""The long runs leave nothing behind when they are stopped."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.postgres import binaries
from tests.support.servers import ROOT, wait_until

pytestmark = pytest.mark.slow


def started(book: Path, database: str) -> tuple["subprocess.Popen[str]", str]:
    """A run at work, and where its databases are."""
    command = [sys.executable, "-m", "tests.model.long", "server", "--database", database, "--processes", "2"]
    command += ["--batch", "2", "--steps", "5", "--book", str(book)]
    run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert run.stdout
    where = run.stdout.readline().removeprefix("databases: ").strip()
    wait_until(lambda: book.exists() and book.stat().st_size > 0, 60, "the first batch")
    return run, where


def ended(run: "subprocess.Popen[str]", by: signal.Signals) -> int:
    run.send_signal(by)
    run.communicate(timeout=30)
    return run.returncode


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_run_leaves_no_folder_behind(tmp_path: Path, by: signal.Signals) -> None:
    run, where = started(tmp_path / "book", "sqlite")
    assert any(Path(where).iterdir())

    assert ended(run, by) == 128 + by
    assert not Path(where).exists()


@pytest.mark.skipif(binaries() is None, reason="PostgreSQL is not installed (apt-get install postgresql)")
def test_a_stopped_run_leaves_no_postgresql_behind(tmp_path: Path) -> None:
    run, where = started(tmp_path / "book", "postgresql")
    port = int(where.rpartition(":")[2].partition("/")[0])
    socket.create_connection(("127.0.0.1", port)).close()

    assert ended(run, signal.SIGTERM) == 128 + signal.SIGTERM
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
