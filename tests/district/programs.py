"""Private instances of the programs a district runs beside the server: Redis, nginx."""

import re
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.support.postgres import free_port
from tests.support.servers import ROOT, wait_until


def program(name: str) -> str:
    """The path of an installed program; nginx lies where only root looks."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    if found is None:
        pytest.skip(f"{name} is not installed; bin/test installs it where it may")
    return found


class Private:
    """A program of our own on a port of loopback."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        raise NotImplementedError

    def answers(self) -> bool:
        raise NotImplementedError

    def start(self) -> Any:
        with (self.folder / f"{type(self).__name__}.log").open("ab") as log:
            self.process = subprocess.Popen(self.command(), cwd=self.folder, stdout=log, stderr=log)
        wait_until(self.answers, what=f"the first answer of {type(self).__name__}")
        return self

    def signal(self, number: int) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    def kill(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait()


class Redis(Private):
    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        return [program("redis-server"), "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]

    def answers(self) -> bool:
        import redis

        try:
            with redis.Redis.from_url(self.url) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


class Nginx(Private):
    """nginx with the very file that ``deploy/`` ships: only its addresses and certificate are others."""

    def __init__(self, folder: Path, server_port: int) -> None:
        super().__init__(folder)
        self.certificate, key = folder / "hall.crt", folder / "hall.key"
        make_certificate(self.certificate, key)
        shipped = (ROOT / "deploy/nginx.conf").read_text()
        for there, here in {
            "listen 443 ssl": f"listen 127.0.0.1:{self.port} ssl",
            "127.0.0.1:8000": f"127.0.0.1:{server_port}",
            "/etc/ssl/hall.crt": str(self.certificate),
            "/etc/ssl/hall.key": str(key),
        }.items():
            assert shipped.count(there) == 1, there
            shipped = shipped.replace(there, here)
        (folder / "site.conf").write_text(shipped)
        places = "".join(f"{name}_temp_path {folder}/{name};" for name in re.findall(r"\w+", PLACES))
        (folder / "nginx.conf").write_text(FRAME.format(folder=folder, places=places))

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def command(self) -> list[str]:
        return [program("nginx"), "-p", str(self.folder), "-c", str(self.folder / "nginx.conf"), "-e", "stderr"]

    def answers(self) -> bool:
        try:
            requests.get(f"{self.address}/healthz", timeout=2, verify=str(self.certificate))
        except requests.RequestException:
            return False
        return True


PLACES = "client_body proxy fastcgi uwsgi scgi"
FRAME = """daemon off;
pid {folder}/nginx.pid;
master_process off;
events {{ worker_connections 4096; }}
http {{ access_log off; {places} include {folder}/site.conf; }}
"""


def make_certificate(certificate: Path, key: Path) -> None:
    """A certificate of our own for loopback."""
    names = ["-subj", "/CN=hall.example", "-addext", "subjectAltName=IP:127.0.0.1,DNS:hall.example"]
    made = ["-keyout", str(key), "-out", str(certificate)]
    kind = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    subprocess.run([program("openssl"), *kind, *names, *made], check=True, capture_output=True)
