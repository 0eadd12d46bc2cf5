"""Members of the demonstration's staff who need no browser."""

from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import uuid4

import requests

from queue_server.cli.demo import credentials
from tests.support.servers import Server

Ask = Callable[..., dict[str, Any]]


def member(server: Server, username: str) -> Ask:
    """Orders and readings of a member of staff, without a browser."""
    session, keys = requests.Session(), count()
    # A member may be asked for twice in a test; a key of the first would be reused by the second.
    series = uuid4().hex[:8]
    password = credentials(server.data)["staff"][0]["password"]
    body = {"username": username, "password": password}
    csrf = session.post(f"{server.address}/api/sessions", json=body, timeout=9).json()["csrf"]

    def ask(path: str, method: str = "POST", **body: Any) -> dict[str, Any]:
        headers = {"X-CSRF-Token": csrf, "Idempotency-Key": f"{series}-{next(keys):08}"}
        address = f"{server.address}/api/halls/demo{path}"
        asked = None if method == "GET" else body
        answer = session.request(method, address, json=asked, headers=headers, timeout=9)
        assert answer.ok, answer.text
        made: dict[str, Any] = answer.json()
        return made

    return ask
