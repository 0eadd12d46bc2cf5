"""The app on a small hall, and browsers and programs that ask it."""

import itertools
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_socketio import SocketIO
from werkzeug.test import TestResponse

from queue_server.parts import Parts
from queue_server.protocol import CSRF_HEADER, IDEMPOTENCY_HEADER
from queue_server.services import access, setup
from queue_server.store import log, people
from queue_server.web.access import DEVICE_COOKIE, SESSION_COOKIE
from tests.support.halls import HALL, Bench

PASSWORD = "correct horse"
STAFF = ("clerk", "greeter", "supervisor", "manager", "administrator", "auditor")
DEVICES = ("kiosk", "screen", "pad", "printer")
_keys = itertools.count(1)


def new_key() -> str:
    return f"key-{next(_keys):08d}"


@dataclass
class Site:
    """The app, its hall, one account a role (user name = role) and one device a kind."""

    app: Flask
    socketio: SocketIO
    bench: Bench
    staff: dict[str, str] = field(default_factory=dict)
    devices: dict[str, str] = field(default_factory=dict)

    @property
    def parts(self) -> Parts:
        parts: Parts = self.app.extensions["hall"]
        return parts

    def add_member(self, username: str, role: str, must_change: bool = False) -> str:
        with self.parts.uow(HALL) as uow:
            hashed = access.hasher.hash(PASSWORD)
            return setup.add_member(uow, setup.NewMember(username, f"{role}·王小明", role, hashed, must_change))

    def add_device(self, kind: str) -> str:
        """Enrol a device; returns its token."""
        with self.parts.uow(HALL) as uow:
            made = access.create_device(uow, kind, kind, self.parts.sign)["device"]
        with self.parts.uow(HALL) as uow:
            _, token = access.enrol(uow, access.enrolment_code(self.parts.sign, made["id"]))
        self.devices[kind] = made["id"]
        return token

    def populate(self) -> "Site":
        for role in STAFF:
            self.staff[role] = self.add_member(role, role)
        return self

    def visitor(self, role: str = "citizen") -> "Visitor":
        """Somebody who is already signed in, or enrolled, as ``role``."""
        visitor = Visitor(self, self.app.test_client())
        if role in STAFF:
            token = new_key() * 3
            with self.parts.uow(HALL) as uow:
                people.start_session(uow.connection, self.staff[role], token, uow.real_now)
            visitor.client.set_cookie(SESSION_COOKIE, token)
        elif role in DEVICES:
            visitor.client.set_cookie(DEVICE_COOKIE, self.add_device(role))
        return visitor

    @property
    def seq(self) -> int:
        with self.parts.store.reading() as connection:
            return log.head(connection, HALL).seq

    def log(self) -> str:
        with self.parts.store.reading() as connection:
            return "\n".join(f"{event.actor} {event.data}" for event in log.whole(connection, HALL))


@dataclass
class Visitor:
    """A browser with its cookies."""

    site: Site
    client: FlaskClient

    def csrf(self) -> str:
        return str(self.get("/api/session").json["csrf"])  # type: ignore[index]

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, **({"buffered": True} | more))

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        """An order with everything that a page sends; ``headers`` replace, an empty one is left out."""
        full = {CSRF_HEADER: self.csrf(), IDEMPOTENCY_HEADER: new_key()} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        kept = {name: value for name, value in full.items() if value}
        raw = {"data": body} if isinstance(body, bytes | str) else {"json": {} if body is None else body}
        return self.client.open(path, method=method, headers=kept, **({"content_type": "application/json"} | raw))

    def order(self, path: str, body: Any = None, **headers: str) -> TestResponse:
        """POST to a path of the hall."""
        return self.send("POST", f"/api/halls/{HALL}{path}", body, **headers)

    def sign_in(self, username: str, password: str = PASSWORD) -> TestResponse:
        return self.client.post("/api/sessions", json={"username": username, "password": password})

    def who(self) -> Any:
        return self.get("/api/session").json


def error(response: TestResponse) -> tuple[int, Any]:
    """Status and code of a refusal, whose shape is always the same."""
    body: Any = response.json
    assert set(body) == {"error", "facts"}, body
    return response.status_code, body["error"]
