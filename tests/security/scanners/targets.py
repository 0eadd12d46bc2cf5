"""The server under the scanners, signed in; and the canary beside it, which wants the same proofs."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from queue_server.cli.demo import credentials
from queue_server.protocol import CSRF_HEADER
from queue_server.web.access import SESSION_COOKIE
from tests.security.canaries.server import BEARER, COOKIE
from tests.security.scanners.product import ROOT
from tests.support.postgres import free_port
from tests.support.servers import Server, wait_until


@dataclass
class Running:
    """A server on loopback, and how its requests are signed in."""

    address: str
    cookie: str
    bearer: str
    csrf: str = ""
    #: Cookie and token of a manager, who may what a supervisor may not.
    manager: tuple[str, str] = ("", "")
    ticket: str = ""
    #: The hall's present business day.
    day: str = ""

    def fill(self, path: str) -> str:
        """An address with this server's own ticket and day."""
        return path.format(ticket=self.ticket, day=self.day)

    def headers(self, proof: str) -> list[str]:
        proofs = {
            "none": [],
            "cookie": [f"Cookie: {self.cookie}", f"{CSRF_HEADER}: {self.csrf}"],
            "manager": [f"Cookie: {self.manager[0]}", f"{CSRF_HEADER}: {self.manager[1]}"],
            "bearer": [f"Authorization: {self.bearer}"],
        }
        return proofs[proof]


def signed_in(server: Server, username: str) -> tuple[str, str]:
    """The cookie of a member of staff, and the token that goes with it."""
    password = credentials(server.data)["staff"][0]["password"]
    session = requests.Session()
    answer = session.post(
        f"{server.address}/api/sessions", json={"username": username, "password": password}, timeout=9
    )
    assert answer.status_code == 201, answer.text
    return f"{SESSION_COOKIE}={session.cookies[SESSION_COOKIE]}", answer.json()["csrf"]


def product(server: Server) -> Running:
    """The demonstration hall with a ticket in it, asked by a supervisor and by a kiosk."""
    cookie, csrf = signed_in(server, "supervisor")
    bearer = f"Bearer {credentials(server.data)['kiosk_token']}"
    made = requests.post(
        f"{server.address}/api/halls/demo/tickets",
        json={"line": "A", "class": "ordinary"},
        headers={"Authorization": bearer, "Idempotency-Key": "key-scanner"},
        timeout=9,
    )
    assert made.status_code == 201, made.text
    day = requests.get(f"{server.address}/api/halls/demo/snapshot", timeout=9).json()["snapshot"]["day"]["date"]
    ticket = made.json()["ticket"]["id"]
    return Running(server.address, cookie, bearer, csrf, signed_in(server, "manager"), ticket, day)


class Canary:
    """The vulnerable server in a process of its own."""

    def __init__(self) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "tests.security.canaries.server", str(self.port)]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.running = Running(f"http://127.0.0.1:{self.port}", COOKIE, BEARER)
        wait_until(self._answers, what="the canary's first answer")

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.running.address}/", timeout=2).ok
        except requests.RequestException:
            return False

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()


def log_of(server: Server) -> list[str]:
    """What the server wrote since it was started."""
    return (server.data / "server.log").read_text().splitlines()


def report(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text())
    return loaded
