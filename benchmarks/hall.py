"""The hall that is measured: eight windows, a real server, clerks as bytes on a connection."""

import json
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from argon2 import PasswordHasher

from benchmarks.processes import worker_of
from benchmarks.wire import Http
from queue_server.cli import database, demo
from queue_server.config import Settings
from queue_server.domain.day import Hall
from queue_server.domain.numbering import TicketClass
from queue_server.domain.window import Line, Window
from queue_server.parts import Parts, assemble
from queue_server.services import access, days, intake, setup
from tests.support.servers import Server

HALL, PASSWORD = "bench", "a password for benchmarks"
WINDOWS = tuple(str(n) for n in range(1, 9))
LETTERS = "ABCG"
#: Tickets that wait before the first call, in every line.
WAITING = 25
#: The same form as in production, at a thousandth of the cost: signing in is not what is measured.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def letter_of(window: str) -> str:
    """The line that a window serves."""
    return LETTERS[(int(window) - 1) % len(LETTERS)]


@dataclass
class Clerk:
    """A clerk at a window: presses as bytes, answers as JSON."""

    port: int
    window: str
    http: Http = field(init=False)

    def __post_init__(self) -> None:
        self.http = Http(self.port)
        body = {"username": f"clerk{self.window}", "password": PASSWORD}
        status, headers, content = self.http.ask("POST", "/api/sessions", body)
        assert status == 201, content
        cookie = headers["set-cookie"].split(";")[0]
        self.http.headers = {"Cookie": cookie, "X-CSRF-Token": json.loads(content)["csrf"]}

    def request(self, path: str, **body: Any) -> bytes:
        """One press with a key of its own, as bytes."""
        key = {"Idempotency-Key": secrets.token_hex(8)}
        return self.http.request("POST", f"/api/halls/{HALL}{path}", body, **key)

    def answer(self) -> dict[str, Any]:
        """The answer to the oldest press. Raises RuntimeError for a refusal."""
        status, _headers, content = self.http.answer()
        if status >= 300:
            raise RuntimeError(f"window {self.window}: {status} {content.decode()}")
        answer: dict[str, Any] = json.loads(content)
        return answer

    def press(self, path: str, **body: Any) -> dict[str, Any]:
        self.http.send(self.request(path, **body))
        return self.answer()

    def sit(self) -> "Clerk":
        self.press(f"/windows/{self.window}/sessions")
        return self

    @property
    def call(self) -> bytes:
        return self.request(f"/windows/{self.window}/calls")

    @property
    def issue(self) -> bytes:
        return self.request("/tickets", line=letter_of(self.window), **{"class": "ordinary"})


@dataclass
class Served:
    """The hall behind its running server."""

    server: Server

    @property
    def worker(self) -> int:
        assert self.server.process is not None
        return worker_of(self.server.process.pid)

    def clerks(self) -> list[Clerk]:
        return [Clerk(self.server.port, window).sit() for window in WINDOWS]


@contextmanager
def served(data: Path, database_url: str = "", **settings: str) -> Iterator[Served]:
    """Found the hall at ten past nine of a working day and serve it; the URL's database must be empty."""
    data.mkdir(parents=True, exist_ok=True)
    _found(assemble(Settings(data=data, database_url=database_url, hall=HALL, async_mode="threading")))
    server = Server(data, database_url, hall=HALL, HALL_LOG_LEVEL="ERROR", **settings).start()
    try:
        yield Served(server)
    finally:
        server.kill()


def _found(parts: Parts) -> None:
    database.upgrade(parts.store)
    lines = [Line(HALL, letter, letter, letter, "specialist", n, 5) for n, letter in enumerate(LETTERS)]
    windows = [Window(HALL, code, "specialist", int(code), "大厅", [letter_of(code)]) for code in WINDOWS]
    hashed = CHEAP.hash(PASSWORD)
    clerks = [setup.NewMember(f"clerk{code}", f"窗口{code}", "clerk", hashed) for code in WINDOWS]
    hall = Hall(HALL, "测量大厅", "Measured Hall", "Asia/Shanghai", demo=True)
    setup.found(parts.store, parts.clock, hall, lines, windows, clerks)
    with parts.uow(HALL) as uow:
        days.step_clock(uow, uow.hall().next_opening(uow.now + timedelta(days=1), minutes_after=70))
    days.keep_timetable(lambda: parts.uow(HALL))
    for letter in LETTERS * WAITING:
        with parts.uow(HALL) as uow:
            intake.issue(uow, letter, TicketClass.ORDINARY, "staff")
    parts.store.dispose()


@dataclass
class Demo:
    """The demonstration hall, 16 lines and 50 windows, behind its running server."""

    server: Server
    #: Enrols one kiosk.
    kiosk_code: str

    @property
    def worker(self) -> int:
        assert self.server.process is not None
        return worker_of(self.server.process.pid)

    def log_head(self) -> int:
        """The position of the last event, as the server says."""
        with closing(Http(self.server.port)) as http:
            return int(json.loads(http.ask("GET", "/healthz")[2])["seq"])

    @property
    def credentials(self) -> Path:
        return demo.credentials_path(self.server.data)

    @property
    def password(self) -> str:
        return str(demo.credentials(self.server.data)["staff"][0]["password"])


@contextmanager
def served_demo(data: Path) -> Iterator[Demo]:
    """Set up the demonstration hall in working hours and serve it."""
    data.mkdir(parents=True, exist_ok=True)
    parts = assemble(Settings(data=data, hall=demo.HALL, async_mode="threading"))
    database.upgrade(parts.store)
    with patch.object(access, "hasher", CHEAP):
        demo.seed(parts)
    demo.wake_up(parts)
    with parts.uow(demo.HALL) as uow:
        code = access.prepare_device(uow, "kiosk", "测量", parts.sign)
    parts.store.dispose()
    server = Server(data, hall=demo.HALL, HALL_LOG_LEVEL="ERROR").start()
    try:
        yield Demo(server, code)
    finally:
        server.kill()
