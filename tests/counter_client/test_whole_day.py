"""The acceptance run in small: a day through the real server, its summary against the report and the log."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.servers import ROOT, Server

TICKETS = 60

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.mark.parametrize("workers", [1])
def test_a_day_s_summary_report_and_log_agree_in_every_figure(tmp_path: Path, workers: int) -> None:
    server = Server(tmp_path)
    made = server.run("demo", "--set-up-only")
    assert made.returncode == 0, made.stderr
    server.start()
    try:
        day = drive(server, tmp_path / "summary.json", workers)
        assert day.returncode == 0, day.stdout[-2000:] + day.stderr[-2000:]
        assert "agree in all" in day.stdout
    finally:
        server.kill()
    assert json.loads((tmp_path / "summary.json").read_text())
    checked = server.run("verify", "--statistics")
    assert checked.returncode == 0, checked.stderr


def drive(server: Server, summary: Path, workers: int) -> "subprocess.CompletedProcess[str]":
    options = ["--tickets", str(TICKETS), "--speed", "0", "--workers", str(workers), "--json", str(summary)]
    command = [sys.executable, "-m", "counter_client", "day", "--server", server.address, *options]
    command += ["--credentials", str(server.data / "demo-credentials.json")]
    return subprocess.run(command, cwd=ROOT, env=server.environment, capture_output=True, text=True, check=False)
