"""A hall's news without a server: a page's socket is answered here, as fast as the page takes it."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from playwright.sync_api import Page, WebSocketRoute

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
EPOCH = "e1"
EVENT_APART = timedelta(seconds=0.2)
WINDOWS = 50
LINES = "ZABCHGFJSRWXKNPT"
Delta = dict[str, Any]


class FakeNews:
    """Speaks Socket.IO to one page: greeting, snapshot, then whatever ``send`` is given."""

    def __init__(self, page: Page) -> None:
        self.seq, self.now = 1, NINE
        self.heard: list[Any] = []
        self._socket: WebSocketRoute | None = None
        page.route_web_socket("**/socket.io/**", self._connect)
        # A page whose socket is silent for four seconds polls, and would hear of another hall.
        page.route("**/api/halls/*/news?*", lambda route: route.abort())

    def send(self, deltas: Iterator[tuple[str, Delta]], how_many: int) -> None:
        """The next deltas, a fifth of a second of hall time apart."""
        for _, (kind, data) in zip(range(how_many), deltas, strict=False):
            self.seq, self.now = self.seq + 1, self.now + EVENT_APART
            event = {"v": 1, "seq": self.seq, "type": kind, "at": iso(self.now), "hash": f"h{self.seq}", "data": data}
            self._emit("event", event)

    def tick(self) -> None:
        self._emit("tick", self._position())

    def _position(self) -> Delta:
        return {"epoch": EPOCH, "seq": self.seq, "hash": f"h{self.seq}", "now": iso(self.now)}

    def _connect(self, socket: WebSocketRoute) -> None:
        self._socket = socket
        socket.on_message(self._hear)
        never = {"pingInterval": 10**7, "pingTimeout": 10**7, "maxPayload": 10**6}
        socket.send("0" + json.dumps({"sid": "s", "upgrades": []} | never))

    def _hear(self, message: str | bytes) -> None:
        text = str(message)
        if text.startswith("40/news,"):
            self._say('40/news,{"sid":"n"}')
            self._emit("hello", {"v": 1, "oldest": 1, "build": "b"} | self._position())
        elif text.startswith("42/news,"):
            number, _, body = text.removeprefix("42/news,").partition("[")
            name, *given = json.loads("[" + body)
            self.heard.append((name, *given))
            if name == "sync":
                answer = {"mode": "snapshot", "snapshot": snapshot()} | self._position()
                self._say(f"43/news,{number}" + json.dumps([answer]))

    def _emit(self, name: str, body: Delta) -> None:
        self._say("42/news," + json.dumps([name, body]))

    def _say(self, text: str) -> None:
        assert self._socket is not None
        self._socket.send(text)


def iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def snapshot(**zones: str) -> Delta:
    """A hall of sixteen lines and fifty windows, open, with nobody in it. ``zones``: by window, ``w7="a"``."""
    lines = {x: {"letter": x, "name": f"业务{x}", "name_en": f"Business {x}", "kind": "specialist"} for x in LINES}
    lines = {x: one | {"position": n, "open": True} for n, (x, one) in enumerate(lines.items())}
    windows = {str(n): window(n, zones.get(f"w{n}", "hall")) for n in range(1, WINDOWS + 1)}
    hours = [["08:30", "12:00"], ["14:00", "17:30"]]
    hall = {"id": "demo", "name": "测试大厅", "name_en": "Test hall", "timezone": "Asia/Shanghai", "hours": hours}
    day = {"date": "2026-11-23", "state": "open"}
    return {"hall": hall, "day": day, "lines": lines, "windows": windows, "tickets": {}, "announcements": []}


def window(number: int, zone: str) -> Delta:
    line = LINES[number % len(LINES)]
    made = {"code": str(number), "kind": "specialist", "number": number, "area": "A区", "state": "open"}
    return made | {"lines": [line], "secondary": [], "zone": zone}


def working_day(first_seq: Callable[[], int]) -> Iterator[tuple[str, Delta]]:
    """The life of a hall without an end: numbers, calls, announcements, misses and people served."""
    for n in count(1):
        code, line = str(n % WINDOWS + 1), LINES[(n % WINDOWS + 1) % len(LINES)]
        number = f"{line}{n % 999 + 1:03d}"
        yield "ticket.issued", {"tickets": [{"number": number, "line": line, "state": "waiting"}]}
        seq = first_seq() + 1
        called = {"number": number, "line": line, "window": code}
        yield (
            "ticket.called",
            {
                "tickets": [called | {"state": "called"}],
                "announcements": [called | {"seq": seq, "repeat": False, "state": "queued", "at": iso(NINE)}],
            },
        )
        yield "announcement.started", {"announcements": [{"seq": seq, "state": "started"}]}
        yield "announcement.ended", {"announcements": [{"seq": seq, "state": "ended"}]}
        if n % 9 == 0:
            yield "ticket.missed", {"tickets": [{"number": number, "state": "missed", "window": None}]}
        else:
            yield "ticket.started", {"tickets": [{"number": number, "state": "serving"}]}
        yield "ticket.finished", {"tickets": [{"number": number, "state": "done"}]}
