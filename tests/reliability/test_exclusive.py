"""Nothing takes the database from under a running server."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.served import ServedHall, small_hall
from tests.support.servers import ROOT, Server


@pytest.fixture
def hall(tmp_path: Path, sqlite_template: Path) -> Iterator[ServedHall]:
    served = small_hall(tmp_path, sqlite_template)
    served.server.start()
    yield served
    served.server.kill()


def test_a_restore_is_refused_while_a_server_runs_whatever_port_it_was_told(hall: ServedHall, tmp_path: Path) -> None:
    assert hall.server.run("backup", str(tmp_path / "copy.db")).returncode == 0
    other_port = Server(hall.server.data, hall=hall.server.hall)
    refused = other_port.run("restore", str(tmp_path / "copy.db"))
    assert refused.returncode != 0
    assert "stop it first" in refused.stderr
    assert hall.client(token=hall.kiosk).order("/tickets", line="A", **{"class": "ordinary"}).status == 201
    hall.server.stop()
    assert other_port.run("restore", str(tmp_path / "copy.db")).returncode == 0


def test_a_second_server_on_the_same_file_is_refused(hall: ServedHall) -> None:
    second = Server(hall.server.data, hall=hall.server.hall)
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"]
    ended = subprocess.run(
        command, cwd=ROOT, env=second.environment, capture_output=True, text=True, timeout=30, check=False
    )
    assert ended.returncode != 0
    assert "stop it first" in ended.stderr


def test_a_copy_does_not_overwrite_another(hall: ServedHall, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    assert hall.server.run("backup", str(target)).returncode == 0
    again = hall.server.run("backup", str(target))
    assert again.returncode != 0
    assert "exists" in again.stderr
