"""A private PostgreSQL for the tests: its own folder, its own port, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

#: Free memory that the tests' databases need, in bytes.
ROOM = 6 * 2**30


def binaries() -> Path | None:
    """Where initdb and postgres are, newest first; None where PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]), reverse=True)
    on_path = shutil.which("initdb")
    return found[0].parent if found else Path(on_path).resolve().parent if on_path else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class PrivatePostgres:
    """A server on loopback. initdb refuses root, so root runs it as the ``postgres`` user."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        # In memory where there is room: a database per test is many small files.
        memory = Path("/dev/shm")
        roomy = memory.is_dir() and shutil.disk_usage(memory).free > ROOM
        self._folder = Path(tempfile.mkdtemp(prefix="wz-pg-", dir=memory if roomy else None))
        self.port = free_port()
        self._user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            shutil.chown(self._folder, self._user)
        self._run("initdb", "-D", str(self._data), "-U", "hall", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _run(self, program: str, *arguments: str) -> None:
        self._as_user([str(self._programs / program), *arguments])

    def _as_user(self, command: list[str]) -> None:
        # setsid, so that a Ctrl-C in the tests does not reach the server before it is stopped.
        prefix = ["runuser", "-u", self._user, "--"] if os.geteuid() == 0 else []
        subprocess.run([*prefix, *command], check=True, capture_output=True, cwd=self._folder)

    def start(self) -> None:
        options = f"-p {self.port} -k {self._folder} -h 127.0.0.1 -c fsync=off -c max_connections=100"
        self._run("pg_ctl", "-D", str(self._data), "-o", options, "-l", str(self._folder / "log"), "-w", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://hall@127.0.0.1:{self.port}/{database}"
