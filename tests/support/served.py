"""A small hall behind a real server: its accounts, its devices, and clients that keep trying."""

import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import requests
from argon2 import PasswordHasher

from queue_server.config import Settings
from queue_server.domain.day import Hall
from queue_server.domain.window import Line, Window
from queue_server.parts import Parts, assemble
from queue_server.protocol import CSRF_HEADER, IDEMPOTENCY_HEADER
from queue_server.services import access, days, setup
from queue_server.store.engine import Store
from tests.support.halls import HALL
from tests.support.servers import Server

PASSWORD = "a password for tests"
#: The same form as in production, at a thousandth of the cost.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
CLERKS = ("1", "2", "3")


@dataclass
class ServedHall:
    """Lines A and B, windows 1 and 2 (A) and 3 (B, helps A), its day open at nine of a working day."""

    server: Server
    kiosk: str = ""
    screen: str = ""
    #: Address of a proxy in front of the server, where clients go instead.
    front: str = ""

    def found(self) -> "ServedHall":
        parts = self.parts()
        lines = [Line(HALL, letter, letter, letter, "specialist", n, 5) for n, letter in enumerate("AB")]
        served: dict[str, tuple[list[str], list[str]]] = {"1": (["A"], []), "2": (["A"], []), "3": (["B"], ["A"])}
        windows = [Window(HALL, code, "specialist", int(code), "大厅", *both) for code, both in served.items()]
        setup.found(parts.store, parts.clock, Hall(HALL, "测试", "Test", "Asia/Shanghai", demo=True), lines, windows)
        hashed = CHEAP.hash(PASSWORD)
        with parts.uow(HALL) as uow:
            for code in CLERKS:
                setup.add_member(uow, setup.NewMember(f"clerk{code}", f"窗口{code}", "clerk", hashed))
            setup.add_member(uow, setup.NewMember("supervisor", "值班", "supervisor", hashed))
        self.kiosk, self.screen = self._device(parts, "kiosk"), self._device(parts, "screen")
        self._to_nine(parts)
        parts.store.dispose()
        return self

    @property
    def is_sqlite(self) -> bool:
        return self.server.environment.get("HALL_DATABASE_URL", "sqlite").startswith("sqlite")

    @contextmanager
    def database(self) -> Iterator[Store]:
        """The server's database, opened beside it."""
        store = self.parts().store
        try:
            yield store
        finally:
            store.dispose()

    def parts(self) -> Parts:
        """The server's own parts, in this process and without its async library."""
        url = self.server.environment.get("HALL_DATABASE_URL", "")
        return assemble(Settings(data=self.server.data, database_url=url, hall=HALL, async_mode="threading"))

    @staticmethod
    def _device(parts: Parts, kind: str) -> str:
        _, code = ServedHall._new_device(parts, kind)
        with parts.uow(HALL) as uow:
            return access.enrol(uow, code)[1]

    @staticmethod
    def _new_device(parts: Parts, kind: str) -> tuple[str, str]:
        with parts.uow(HALL) as uow:
            device = access.create_device(uow, kind, kind, parts.sign)["device"]
        return device["id"], access.enrolment_code(parts.sign, device["id"])

    def enrolment_code(self, kind: str) -> tuple[str, str]:
        """Id of a new device and the code by which a page becomes it, while the server runs."""
        parts = self.parts()
        try:
            return self._new_device(parts, kind)
        finally:
            parts.store.dispose()

    @staticmethod
    def _to_nine(parts: Parts) -> None:
        with parts.uow(HALL) as uow:
            days.step_clock(uow, uow.hall().next_opening(uow.now + timedelta(days=1), minutes_after=60))
        days.keep_timetable(lambda: parts.uow(HALL))

    def client(self, username: str = "", token: str = "") -> "Client":
        return Client(self.front or self.server.address, token).signed_in(username)

    def seated(self, window: str) -> "Client":
        """The clerk of a window, signed in and sitting there."""
        client = self.client(f"clerk{window}")
        client.order(f"/windows/{window}/sessions")
        return client


def small_hall(data: Path, sqlite_template: Path, **settings: str) -> ServedHall:
    """A founded hall on a SQLite file in ``data``; its server is not started yet."""
    path = data / "hall.db"
    shutil.copyfile(sqlite_template, path)
    return hall_on(f"sqlite:///{path}", data, **settings)


def hall_on(database_url: str, data: Path, **settings: str) -> ServedHall:
    """A founded hall on a migrated, empty database; its server is not started yet."""
    return ServedHall(Server(data, database_url, hall=HALL, **settings)).found()


@dataclass
class Sent:
    """One press: what was asked under which key, and what came of it."""

    path: str
    body: dict[str, Any]
    key: str = field(default_factory=lambda: secrets.token_hex(8))
    #: How often it was sent before an answer came; above 1, the first ones were lost.
    tries: int = 0
    status: int = 0
    answer: dict[str, Any] = field(default_factory=dict)
    replayed: bool = False


@dataclass
class Client:
    """Sends orders and keeps the press, so that it can be sent again."""

    address: str
    token: str = ""
    csrf: str = ""
    patience_s: float = 30.0
    session: requests.Session = field(default_factory=requests.Session)
    presses: list[Sent] = field(default_factory=list)

    def signed_in(self, username: str) -> "Client":
        if username:
            body = {"username": username, "password": PASSWORD}
            answer = self.session.post(f"{self.address}/api/sessions", json=body, timeout=10)
            assert answer.status_code == 201, answer.text
            self.csrf = answer.json()["csrf"]
        return self

    def order(self, path: str, **body: Any) -> Sent:
        """Press once, and repeat the same press until there is an answer."""
        sent = Sent(path, body)
        self.presses.append(sent)
        deadline = time.monotonic() + self.patience_s
        while not self.send(sent):
            assert time.monotonic() < deadline, f"no answer to {path}"
            time.sleep(0.05)
        return sent

    def send(self, sent: Sent) -> bool:
        """Send a press; whether an answer came that stands."""
        sent.tries += 1
        try:
            # As long as the whole patience: a server that takes long to start does what waits at its door, too,
            # and a try given up would be answered as a retry.
            url, headers = self.url(sent.path), self.headers(sent)
            answer = self.session.post(url, json=sent.body, headers=headers, timeout=self.patience_s)
        except requests.RequestException:
            return False
        if answer.status_code >= 500:
            return False
        sent.status, sent.answer = answer.status_code, answer.json()
        sent.replayed = answer.headers.get("Idempotent-Replay") == "true"
        return True

    def url(self, path: str) -> str:
        return f"{self.address}/api/halls/{HALL}{path}"

    def headers(self, sent: Sent) -> dict[str, str]:
        bearer = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return {IDEMPOTENCY_HEADER: sent.key, CSRF_HEADER: self.csrf} | bearer

    def raw(self, sent: Sent) -> bytes:
        """The press as the bytes that go over the wire."""
        asked = requests.Request("POST", self.url(sent.path), json=sent.body, headers=self.headers(sent))
        made = self.session.prepare_request(asked)
        lines = [f"POST {made.path_url} HTTP/1.1", f"Host: {self.address.removeprefix('http://')}"]
        lines += [f"{name}: {value}" for name, value in made.headers.items()]
        assert isinstance(made.body, bytes)
        return "\r\n".join([*lines, "", ""]).encode() + made.body

    def read(self, path: str) -> dict[str, Any]:
        answer = self.session.get(self.url(path), timeout=10)
        assert answer.ok, answer.text
        loaded: dict[str, Any] = answer.json()
        return loaded
