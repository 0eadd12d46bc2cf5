"""One process of the race: opens the database itself, does orders, and says when each began and ended.

Started as ``python -m tests.reliability.racer``; reads its task, then one line for each round.
"""

import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from queue_server.domain.events import micros
from queue_server.domain.numbering import TicketClass
from queue_server.services import counters, intake, orders
from queue_server.store.engine import Store, open_store
from queue_server.store.idempotency import Answer, Press
from queue_server.store.unit_of_work import UnitOfWork
from tests.support.halls import HALL, NINE

#: Hall seconds to a real second, so that the ten minutes of a secondary line pass.
SPEED = 300
#: One order in so many is pressed again with the same key.
AGAIN = 10


@dataclass
class Racer:
    name: str
    url: str
    origin_ns: int
    flag: str
    #: For a calling process: its window and the window's lines.
    window: str = ""
    lines: list[str] = field(default_factory=list)
    secondary: list[str] = field(default_factory=list)
    #: For an issuing process: how many a round.
    issues: int = 0

    def __post_init__(self) -> None:
        self.store: Store = open_store(self.url)
        self.random = random.Random(self.name)
        self.records: list[dict[str, Any]] = []
        self.problems: list[str] = []
        self.presses = 0
        self.held: dict[str, Any] | None = None

    def clock(self) -> datetime:
        return NINE + timedelta(microseconds=(time.monotonic_ns() - self.origin_ns) * SPEED // 1000)

    def press(self, order: orders.Order, key: str = "") -> tuple[Answer, int, int]:
        """Do one order through the frame that the web layer uses; some are pressed twice."""
        self.presses += 1
        press = Press("shared" if key else self.name, key or f"{self.name}-{self.presses}", "same")
        start = time.monotonic_ns()
        answer = self._perform(order, press)
        end = time.monotonic_ns()
        if answer.status >= 300:
            self.problems.append(f"{self.name}: refused {answer.body}")
        if self.presses % AGAIN == 0:
            again = self._perform(order, press)
            if not again.replay or again.body != json.loads(json.dumps(answer.body)):
                self.problems.append(f"{self.name}: the second answer to one press was another")
        return answer, start, end

    def _perform(self, order: orders.Order, press: Press) -> Answer:
        uow = UnitOfWork(self.store, HALL, self.clock, f"staff:{self.name}")
        return orders.perform(uow, order, press, 201, lambda refusal: 409)

    def note(self, kind: str, start: int, end: int, ticket: dict[str, Any] | None, **more: Any) -> None:
        record = {"kind": kind, "start": start, "end": end, **more}
        if ticket is not None:
            turn = micros(datetime.fromisoformat(ticket["turn_at"]))
            record |= {"number": ticket["number"], "line": ticket["line"], "turn_at": turn}
            record |= {"ordinal": ticket["ordinal"], "serial": int(ticket["number"][-3:])}
        self.records.append(record)

    # -- issuing -----------------------------------------------------------------------------

    def issue_round(self, number: int) -> None:
        for i in range(self.issues):
            line = self.random.choices("AB", (3, 1))[0]
            ticket_class = TicketClass(self.random.choices(("ordinary", "care"), (5, 1))[0])
            # Now and then all issuing processes press the very same press at about the same time.
            shared = f"shared-{number}-{i}" if i % AGAIN == 0 else ""
            order = partial(intake.issue, line=line, ticket_class=ticket_class, channel="staff")
            answer, start, end = self.press(order, shared)
            if not answer.replay:
                self.note("issue", start, end, answer.body["ticket"])

    # -- calling -----------------------------------------------------------------------------

    def call_round(self) -> None:
        """Call until nobody waits and no more are given."""
        while True:
            over = Path(self.flag).exists()
            ticket = self._call()
            if ticket is None and over:
                return
            if ticket is not None:
                self._serve(ticket)

    def _call(self) -> dict[str, Any] | None:
        finishing = self.held["id"] if self.held else None
        answer, start, end = self.press(
            partial(counters.call_next, code=self.window, clerk=self.window, finishing=finishing)
        )
        ticket: dict[str, Any] | None = answer.body.get("ticket")
        self.held = None
        self.note("call", start, end, ticket, lines=self.lines, secondary=self.secondary)
        return ticket

    def _serve(self, ticket: dict[str, Any]) -> None:
        fate = self.random.random()
        if fate < 0.1:
            self._do(counters.miss, ticket)
            return
        self._do(counters.start, ticket)
        if fate < 0.25 and ticket["line"] == "A":
            answer, start, end = self._do(counters.transfer, ticket, line="B")
            self.note("transfer", start, end, answer.body["ticket"])
        else:
            self.held = ticket

    def _do(
        self, service: Callable[..., dict[str, Any]], ticket: dict[str, Any], **more: Any
    ) -> tuple[Answer, int, int]:
        return self.press(partial(service, ticket_id=ticket["id"], clerk=self.window, **more))


def main() -> None:
    racer = Racer(**json.loads(sys.stdin.readline()))
    print("ready", flush=True)
    for line in sys.stdin:
        racer.records, racer.problems = [], []
        if racer.window:
            racer.call_round()
        else:
            racer.issue_round(int(line))
        print(json.dumps({"records": racer.records, "problems": racer.problems}), flush=True)
    racer.store.dispose()


if __name__ == "__main__":
    main()
