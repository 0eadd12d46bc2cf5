"""Between the server and its readers: a network that loses, doubles, overtakes and cuts off."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from queue_server.protocol import Scope
from tests.model.stage import Box, Pages

Json = Any
NAMES = ("public", "staff", "box")


@dataclass
class Line:
    """One reader's connection and what is on its way."""

    name: str
    up: bool = False
    coming: list[tuple[str, Json]] = field(default_factory=list)
    #: Asked and not answered: number, what the reader has, whether over HTTP.
    asked: list[tuple[int, Json, bool]] = field(default_factory=list)
    #: Answered, the answer on its way: number, answer, whether over HTTP.
    answers: list[tuple[int, Json, bool]] = field(default_factory=list)

    @property
    def scope(self) -> Scope:
        return "staff" if self.name == "staff" else "public"


class Network:
    def __init__(self, pages: Pages, sync: Callable[[Scope, Json], Json], seen: Callable[[Json], None]) -> None:
        self._pages, self._sync, self._seen = pages, sync, seen
        self.lines = {name: Line(name) for name in NAMES}
        self._numbers = 0
        self.box = Box(lambda place: self._sync("public", place))
        self._do({"do": "open", "scopes": ["public", "staff"]})

    # -- the readers -------------------------------------------------------------------------

    def _do(self, *commands: Json) -> None:
        told = self._pages.do(*commands)
        for one in told["asked"]:
            self.lines[one["reader"]].asked.append((one["ask"], one["have"], one["kind"] == "fetch"))
        for shown in told["readers"]:
            self._seen(shown)

    def _after_box(self) -> None:
        while self.box.asked:
            self._numbers += 1
            self.lines["box"].asked.append((self._numbers, self.box.asked.pop(0), False))
        self._seen(self.box.shows)

    def hear(self, name: str, message: tuple[str, Json]) -> None:
        what, data = message
        if name == "box":
            self.box.hear(what, json.loads(json.dumps(data)))
            self._after_box()
        else:
            self._do({"do": "hear", "reader": name, "name": what, "data": data})

    def forward(self, ms: int) -> None:
        self._do({"do": "forward", "ms": ms})
        self.box.forward(ms)
        self._after_box()

    def close(self) -> None:
        self.box.close()

    # -- connections -------------------------------------------------------------------------

    def connect(self, name: str, hello: Callable[[], Json], meanwhile: Callable[[], None] = lambda: None) -> None:
        """What happens meanwhile is known to the greeting, and yet its news come after it."""
        line = self.lines[name]
        line.up = True
        line.coming = []
        meanwhile()
        line.coming.insert(0, ("hello", hello()))
        if name != "box":
            self._do({"do": "connect", "reader": name})

    def disconnect(self, name: str, server_gone: bool = False) -> None:
        """What was on its way is gone.

        Answers over HTTP have connections of their own: an answer that has left a server arrives even when the server
        is no more; a question that it has not answered fails.
        """
        line = self.lines[name]
        line.coming.clear()
        lost = [one[0] for one in line.asked if one[2] and server_gone]
        line.asked = [one for one in line.asked if one[2] and not server_gone]
        line.answers = [one for one in line.answers if one[2]]
        if name == "box":
            self.box.disconnect()
            self._after_box()
        else:
            self._do({"do": "disconnect", "reader": name}, *({"do": "fail", "ask": one} for one in lost))
        line.up = False

    # -- messages ----------------------------------------------------------------------------

    def send(self, scope: Scope | None, name: str, data: Json) -> None:
        for line in self.lines.values():
            if line.up and scope in (None, line.scope):
                line.coming.append((name, data))

    def answer(self, line: Line, n: int) -> None:
        """The server answers a question; the answer is on its way from now on."""
        if line.asked:
            number, have, http = line.asked.pop(n % len(line.asked))
            line.answers.append((number, self._sync(line.scope, have), http))

    def arrive(self, line: Line, n: int) -> None:
        if not line.answers:
            return
        number, data, _ = line.answers.pop(n % len(line.answers))
        if line.name == "box":
            self.box.answer(json.loads(json.dumps(data)))
            self._after_box()
        else:
            self._do({"do": "answer", "ask": number, "data": data})

    def lose_answer(self, line: Line, n: int) -> None:
        if line.answers:
            line.answers.pop(n % len(line.answers))

    def deliver_everything(self, line: Line) -> None:
        while line.coming or line.asked or line.answers:
            if line.coming:
                self.hear(line.name, line.coming.pop(0))
            self.answer(line, 0)
            self.arrive(line, 0)
