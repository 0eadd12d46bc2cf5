"""A private Redis that is killed, and the proxy before it."""

import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from tests.support.postgres import free_port
from tests.support.servers import wait_until

needs_redis = pytest.mark.skipif(
    shutil.which("redis-server") is None, reason="Redis is not installed (apt-get install redis-server)"
)


class PrivateRedis:
    """On loopback, keeps nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.port = folder, free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "PrivateRedis":
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(
            ["redis-server", *options], cwd=self._folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until(self._answers, 30, "Redis")
        return self

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(100).startswith(b"+PONG")
        except OSError:
            return False

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
