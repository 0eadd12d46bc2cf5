"""A real server in a process of its own, as gunicorn runs it."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import requests

from tests.support.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]


def wait_until(true: Any, timeout_s: float = 60.0, what: str = "it") -> None:
    """Poll a real process until something holds; fails the test when it never does."""
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        if true():
            return
        time.sleep(0.02)
    raise AssertionError(f"{what} did not happen within {timeout_s} s")


def _group(leader: int) -> list[str]:
    """The living processes of a process group."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _parent, group = path.read_text().rpartition(")")[2].split()[:3]
            if int(group) == leader and state != "Z":
                found.append(path.parent.name)
    return found


class Server:
    """gunicorn with the project's worker on a free port and its own data folder."""

    def __init__(self, data: Path, database_url: str = "", hall: str = "demo", **settings: str) -> None:
        self.data, self.hall, self.port = data, hall, free_port()
        self._settings = {"HALL_DATA": str(data), "HALL_HALL": hall, "HALL_PORT": str(self.port)} | settings
        if database_url:
            self._settings["HALL_DATABASE_URL"] = database_url
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("HALL_")}
        return inherited | self._settings | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one ``hall`` command on this server's data."""
        command = [sys.executable, "-m", "queue_server", *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def start(self) -> "Server":
        command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"]
        with (self.data / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        wait_until(self.answers, what="the server's first answer")
        return self

    def answers(self) -> bool:
        try:
            return requests.get(f"{self.address}/healthz", timeout=2).ok
        except requests.RequestException:
            return False

    def kill(self) -> None:
        """kill -9 of the whole group: master and worker at once."""
        assert self.process is not None
        with suppress(ProcessLookupError):  # stopped already
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        # The worker may still be in its last system call, and that may be a commit.
        wait_until(lambda: not _group(self.process.pid), what="the end of the worker")

    def stop(self) -> float:
        """A graceful stop; returns how long it took, in seconds."""
        assert self.process is not None
        started = time.monotonic()
        self.process.terminate()
        self.process.wait(20)
        return time.monotonic() - started
