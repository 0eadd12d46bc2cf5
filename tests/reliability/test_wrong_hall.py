"""A server that is told to show a hall which the database does not have does not start, and says what to do."""

import subprocess
import sys
from pathlib import Path

import pytest

from queue_server.cli.database import upgrade
from queue_server.store.engine import open_store
from tests.support.served import small_hall
from tests.support.servers import ROOT, Server

GUNICORN = ("gunicorn", "-c", "gunicorn.conf.py", "wsgi:app")


def start(data: Path, hall: str, *module: str) -> subprocess.CompletedProcess[str]:
    """A start that is expected to end by itself."""
    command = [sys.executable, "-m", *module]
    environment = Server(data, hall=hall).environment
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("module", [("queue_server", "serve"), GUNICORN])
def test_a_hall_that_is_not_there_stops_the_start(
    module: tuple[str, ...], tmp_path: Path, sqlite_template: Path
) -> None:
    small_hall(tmp_path, sqlite_template)
    ended = start(tmp_path, "main", *module)
    assert ended.returncode != 0
    assert "HALL_HALL=main：数据库里没有这个大厅，只有：test。" in ended.stderr
    assert "HALL_HALL=main: the database has no such hall; it has: test." in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_database_without_a_hall_says_how_to_set_one_up(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'hall.db'}")
    upgrade(store)
    store.dispose()
    ended = start(tmp_path, "main", "queue_server", "serve")
    assert ended.returncode != 0
    assert "bin/hall init PLAN" in ended.stderr
    assert "数据库里还没有大厅" in ended.stderr
