"""One process of a race: issues numbers, or calls and serves them, and says when each order began and ended."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from queue_server.domain import calling
from queue_server.domain.events import micros
from queue_server.domain.numbering import TicketClass
from tests.reliability.pressing import Answered, Asked, Hands

#: One order in so many is pressed again with the same key.
AGAIN = 10
#: After so many problems in a round a process stops: what is broken is known by then.
ENOUGH = 20


@dataclass
class Racer:
    name: str
    hands: Hands
    #: Whether all numbers of the round have been given.
    over: Callable[[], bool]
    #: For a calling process: its window and the window's lines.
    window: str = ""
    lines: tuple[str, ...] = ()
    secondary: tuple[str, ...] = ()
    #: For an issuing process: how many a round.
    issues: int = 0
    #: Whether the first line's tickets are handed on now and then.
    transfers: bool = True
    records: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.name)
        self.presses = 0
        self.held: str | None = None

    def round(self, number: int) -> dict[str, Any]:
        self.records, self.problems = [], []
        if self.window:
            self._call_round()
        else:
            self._issue_round(number)
        return {"records": self.records, "problems": self.problems}

    # -- pressing ----------------------------------------------------------------------------

    def _press(self, asked: Asked, shared: str = "") -> Answered | None:
        """Do one order and note it; some are pressed twice. None when it failed."""
        self.presses += 1
        key = shared or f"{self.name}-{self.presses:08d}"
        start = time.monotonic_ns()
        answer = self._given(asked, key)
        end = time.monotonic_ns()
        if answer is None:
            return None
        if self.presses % AGAIN == 0:
            again = self._given(asked, key)
            if again is None or not again.replay or again.body != answer.body:
                self.problems.append(f"{self.name}: the second answer to one press was another")
        if not answer.replay:
            self._note(asked.kind, start, end, answer.body)
        return answer

    def _given(self, asked: Asked, key: str) -> Answered | None:
        try:
            answer = self.hands.give(asked, key)
        except Exception as error:  # an order that fails is what the race is there to see
            text = " ".join(str(error).split())[:300]
            self.problems.append(f"{self.name}: {asked.kind} failed: {type(error).__name__} {text}")
            return None
        if answer.refused:
            self.problems.append(f"{self.name}: {asked.kind} was refused: {answer.body}")
            return None
        return answer

    def _note(self, kind: str, start: int, end: int, body: dict[str, Any]) -> None:
        record: dict[str, Any] = {"kind": kind, "start": start, "end": end, "seq": body["seq"]}
        if kind == "call":
            record |= {"lines": self.lines, "secondary": self.secondary}
        ticket = body["ticket"]
        if ticket is not None:
            record |= {"number": ticket["number"], "line": ticket["line"], "serial": int(ticket["number"][-3:])}
            record |= {"turn_at": _turn(ticket), "ordinal": ticket.get("ordinal", 0)}
        self.records.append(record)

    # -- issuing -----------------------------------------------------------------------------

    def _issue_round(self, number: int) -> None:
        for i in range(self.issues):
            line = self.random.choices("AB", (3, 1))[0]
            ticket_class = self.random.choices(("ordinary", "care"), (5, 1))[0]
            # Now and then all issuing processes press the very same press at about the same time.
            shared = f"shared-{number:04d}-{i:04d}" if i % AGAIN == 0 else ""
            if shared:
                line, ticket_class = "A", "ordinary"
            self._press(Asked("issue", rest={"line": line, "class": ticket_class}), shared)

    # -- calling -----------------------------------------------------------------------------

    def _call_round(self) -> None:
        """Call until nobody waits and no more are given."""
        while len(self.problems) < ENOUGH:
            over = self.over()
            rest = {"finishing": self.held} if self.held else {}
            answer, self.held = self._press(Asked("call", rest=rest)), None
            ticket = answer.body["ticket"] if answer else None
            if ticket is not None:
                self._serve(ticket)
            elif over:
                return

    def _serve(self, ticket: dict[str, Any]) -> None:
        fate = self.random.random()
        if fate < 0.1:
            self._press(Asked("miss", ticket["id"]))
            return
        self._press(Asked("start", ticket["id"]))
        if fate < 0.25 and ticket["line"] == "A" and self.transfers:
            self._press(Asked("transfer", ticket["id"], {"line": "B"}))
        else:
            self.held = ticket["id"]


def _turn(ticket: dict[str, Any]) -> int:
    """The ticket's turn in microseconds; a kiosk is not told it, and it follows from what it is told."""
    if "turn_at" in ticket:
        return micros(datetime.fromisoformat(ticket["turn_at"]))
    return micros(calling.turn_at(datetime.fromisoformat(ticket["issued_at"]), TicketClass(ticket["class"])))
