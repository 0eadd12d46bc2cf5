"""The page's own socket, with events of nobody's put into it: what months of news do to a page, in seconds."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Page, WebSocketRoute

EVENT = '42/news,["event",'
TICK = '42/news,["tick",'
#: After how many people the page must have shown the last one: what it has not read yet stands between it and the
#: server's pings, and a page that answers them too late is cut off.
SHOWN_EVERY = 25
#: How long it may take for that, in ms.
PATIENCE_MS = 30_000
SHOWN = "number => [...document.querySelectorAll('[data-ticket]')].some((one) => one.dataset.ticket === number)"


class StubbedFeed:
    """Passes everything on between page and server, until ``take_over``: then it alone says what happens."""

    def __init__(self, page: Page, line: str, window: str) -> None:
        self.line, self.window = line, window
        self.people = 0
        self._browser_page = page
        self._head: dict[str, Any] = {}
        self._ours = False
        self._now = datetime.now(UTC)
        page.route_web_socket("**/socket.io/**", self._opened)

    def take_over(self) -> None:
        """From now on nobody else says anything: neither over the socket nor to a page that asks."""
        self._ours = True
        self._browser_page.route("**/api/halls/*/news?*", lambda asked: asked.abort())

    def person(self) -> None:
        """One person is issued a number, called, served and gone: four events."""
        number = self.called()
        if self._ours and self.people % SHOWN_EVERY == 0:
            self._browser_page.wait_for_function(SHOWN, arg=number, timeout=PATIENCE_MS)
        self.gone(number)

    def called(self) -> str:
        """One more, who stands there."""
        number = self._issue()
        self._call(number)
        return number

    def gone(self, number: str) -> None:
        self._say("ticket.started", {"number": number, "state": "serving", "started_at": self._at()})
        self._say("ticket.finished", {"number": number, "state": "done", "ended_at": self._at()})

    def _issue(self) -> str:
        self.people += 1
        number, at = f"{self.line}{self.people:04d}", self._at()
        times = dict.fromkeys(("issued_at", "reference_at", "joined_at", "turn_at"), at)
        place = {"line": self.line, "origin": self.line, "class": "ordinary", "state": "waiting", "window": None}
        counts = {"ordinal": self.people, "calls": 0, "reinstatements": 0, "notes": 0, "visit": 1}
        self._say("ticket.issued", {"id": f"{self.people:032x}", "number": number} | times | place | counts)
        return number

    def _call(self, number: str) -> None:
        why = {"turn_at": self._at(), "lines": [self.line], "runner_up": None, "added_s": 0}
        ticket = {"number": number, "state": "called", "window": self.window, "called_at": self._at(), "calls": 1}
        spoken = {"seq": self._head["seq"] + 1, "number": number, "line": self.line, "window": self.window}
        spoken |= {"repeat": False, "state": "queued", "at": self._at()}
        self._say("ticket.called", ticket | {"because": why}, announcements=[spoken])

    def _say(self, event: str, ticket: dict[str, Any], **more: Any) -> None:
        seq = self._head["seq"] + 1
        self._head |= {"seq": seq, "hash": f"{seq:016x}"}
        self._now += timedelta(milliseconds=50)
        data = {"tickets": [ticket]} | more
        told = {"v": 1, "seq": seq, "type": event, "at": self._at(), "hash": self._head["hash"], "data": data}
        self._page.send(f"{EVENT}{json.dumps(told)}]")

    def _at(self) -> str:
        return self._now.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def _opened(self, page: WebSocketRoute) -> None:
        server, self._page = page.connect_to_server(), page
        server.on_message(self._heard)

    def _heard(self, message: str | bytes) -> None:
        text = message if isinstance(message, str) else ""
        if text.startswith(TICK) and self._ours:
            self._page.send(f"{TICK}{json.dumps(self._head | {'now': self._at()})}]")
            return
        if text.startswith(EVENT) and self._ours:
            return
        self._note(text)
        self._page.send(message)

    def _note(self, text: str) -> None:
        """Where the server stands."""
        said = json.loads(text[text.index("[") :]) if text.startswith(("42/news,", "43/news,")) else []
        head = said[-1] if said and isinstance(said[-1], dict) else {}
        if {"epoch", "seq", "hash"} <= head.keys():
            self._head = {name: head[name] for name in ("epoch", "seq", "hash")}
