"""How a process of a race gives its orders: straight to the services, or over HTTP."""

import json
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from queue_server.domain.numbering import TicketClass
from queue_server.services import counters, intake, orders, transfers
from queue_server.store.engine import Busy, open_store
from queue_server.store.idempotency import Answer, Press
from queue_server.store.unit_of_work import UnitOfWork
from tests.support.halls import HALL, NINE
from tests.support.served import Client, Sent

#: Hall seconds to a real second, so that the ten minutes of a secondary line pass.
SPEED = 300
#: How long one press is repeated before the race gives up, in seconds.
PATIENCE_S = 60
#: An order waits at least so long for its lock before it is told ``busy``, in seconds.
LOCK_WAIT_S = 4


@dataclass(frozen=True)
class Asked:
    """One order: ``issue call start miss transfer``, the ticket it is about, and the rest."""

    kind: str
    ticket: str = ""
    rest: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answered:
    refused: bool
    body: dict[str, Any]
    replay: bool


class Hands(Protocol):
    """What presses. The same key again is the same press again."""

    def give(self, asked: Asked, key: str) -> Answered: ...


@dataclass
class InProcess:
    """Opens the database itself and does orders through the frame that the web layer uses."""

    name: str
    url: str
    origin_ns: int
    window: str = ""
    #: Where an observer listens for news, a UDP port on loopback.
    observer: int = 0

    def __post_init__(self) -> None:
        self.store = open_store(self.url)
        self._news = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def clock(self) -> datetime:
        return NINE + timedelta(microseconds=(time.monotonic_ns() - self.origin_ns) * SPEED // 1000)

    def give(self, asked: Asked, key: str) -> Answered:
        press = Press("shared" if key.startswith("shared") else self.name, key, "same")
        answer = self._performed(asked, press)
        # As it would come over the wire.
        return Answered(answer.status >= 300, json.loads(json.dumps(answer.body)), answer.replay)

    def _performed(self, asked: Asked, press: Press) -> Answer:
        """Press, and press again after ``busy``, as every client does.

        Nine processes on one SQLite file are more than it is made for, and its lock is not fair: now
        and then one waits for its whole patience. To be told ``busy`` any sooner is a fault.
        """
        deadline = time.monotonic() + PATIENCE_S
        while True:
            started = time.monotonic()
            uow = UnitOfWork(self.store, HALL, self.clock, f"staff:{self.name}", wake=lambda: self._tell(uow.seq))  # noqa: B023
            try:
                return orders.perform(uow, self._order(asked), press, 201, lambda refusal: 409)
            except Busy:
                if not started + LOCK_WAIT_S <= time.monotonic() < deadline:
                    raise

    def _tell(self, seq: int) -> None:
        """Pass the news on, as soon as the unit of work says that there are some."""
        if self.observer:
            self._news.sendto(str(seq).encode(), ("127.0.0.1", self.observer))

    def _order(self, asked: Asked) -> orders.Order:
        if asked.kind == "issue":
            ticket_class = TicketClass(asked.rest["class"])
            return partial(intake.issue, line=asked.rest["line"], ticket_class=ticket_class, channel="staff")
        if asked.kind == "call":
            finishing = asked.rest.get("finishing")
            return partial(counters.call_next, code=self.window, clerk=self.window, finishing=finishing)
        services: dict[str, Callable[..., dict[str, Any]]] = {
            "start": counters.start,
            "miss": counters.miss,
            "transfer": transfers.transfer,
        }
        return partial(services[asked.kind], ticket_id=asked.ticket, clerk=self.window, **asked.rest)


@dataclass
class OverHTTP:
    """A client of a running server: a kiosk by its token, or a clerk who signs in and sits down."""

    address: str
    window: str = ""
    token: str = ""

    def __post_init__(self) -> None:
        self.client = Client(self.address, self.token, patience_s=PATIENCE_S)
        if self.window:
            self.client.signed_in(f"clerk{self.window}")
            self.client.order(f"/windows/{self.window}/sessions")

    def give(self, asked: Asked, key: str) -> Answered:
        paths = {"issue": "/tickets", "call": f"/windows/{self.window}/calls"}
        path = paths.get(asked.kind, f"/tickets/{asked.ticket}/{asked.kind}{'es' if asked.kind == 'miss' else 's'}")
        sent = Sent(path, dict(asked.rest), key)
        deadline = time.monotonic() + PATIENCE_S
        while not self.client.send(sent):
            if time.monotonic() > deadline:
                raise TimeoutError(f"no answer to {path}")
            time.sleep(0.05)
        return Answered(sent.status >= 300, sent.answer, sent.replayed)
