"""A hall on PostgreSQL with a proxy between the server and its database, and what its clients meet meanwhile."""

import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests
from sqlalchemy.engine import make_url

from queue_server.protocol import IDEMPOTENCY_HEADER
from queue_server.services import maintenance
from queue_server.store import log
from queue_server.store.engine import open_store
from tests.faults.proxy import Fault, FaultProxy
from tests.support.halls import HALL
from tests.support.served import ServedHall, hall_on
from tests.support.servers import wait_until

#: How long the database stays away, by fault, in seconds.
LASTS_S: dict[Fault, float] = {"freeze": 10.0, "drop": 10.0, "refuse": 2.0, "reset": 2.0, "delay": 3.0}
#: How soon everything works again, in seconds: a promise (docs/reliability.md).
RECOVERS_WITHIN_S = 5.0
#: What needs no database is answered at once: the hub does not wait with those who do, in seconds.
STATIC_WITHIN_S = 1.0
#: Who needs the database gets an answer, or a refusal that may be retried, within this, in seconds.
REFUSED_WITHIN_S = 10.0
PATIENCE_S = 60.0
PRESSERS = 4


@dataclass
class Tries:
    """Answers of one kind of request: when it was sent, how long it took, with which status; 0 for none."""

    answers: list[tuple[float, float, int]] = field(default_factory=list)

    def note(self, sent: float, status: int) -> None:
        self.answers.append((sent, time.monotonic() - sent, status))

    @property
    def slowest(self) -> float:
        return max((took for _, took, _ in list(self.answers)), default=0.0)

    @property
    def statuses(self) -> Counter[int]:
        return Counter(status for _, _, status in list(self.answers))

    def good_after(self, moment: float) -> float | None:
        """Seconds from ``moment`` to the first good answer to what was sent after it."""
        return min(
            (sent + took - moment for sent, took, status in list(self.answers) if sent >= moment and 0 < status < 300),
            default=None,
        )


class Probes:
    """Ask for a page, for the health, and give orders, each in threads of its own, until closed."""

    def __init__(self, hall: ServedHall, orders_per_s: float) -> None:
        self._hall, self._over = hall, threading.Event()
        self.page, self.health, self.orders, self.own = Tries(), Tries(), Tries(), Tries()
        #: Presses that were answered for good, by number of the ticket.
        self.given: list[str] = []
        work = [(self._beat, 0.05), (self._ask_page, 0.1), (self._ask_health, 0.2)]
        # Several people press at once: one who waits for the database must not keep the others from being refused.
        if orders_per_s:
            work += [(self._press, PRESSERS / orders_per_s)] * PRESSERS
        self._threads = [threading.Thread(target=self._for_ever, args=one, daemon=True) for one in work]
        for thread in self._threads:
            thread.start()

    def _for_ever(self, work: Callable[[requests.Session], None], every_s: float) -> None:
        with requests.Session() as session:
            while not self._over.wait(every_s):
                work(session)

    def _beat(self, session: requests.Session) -> None:
        """How late this process's own threads are: the machine's part of every figure here."""
        before = time.monotonic()
        threading.Event().wait(0.05)
        self.own.note(before + 0.05, 200)

    def _ask_page(self, session: requests.Session) -> None:
        self._get(session, "/board", self.page)

    def _ask_health(self, session: requests.Session) -> None:
        self._get(session, "/healthz", self.health)

    def _get(self, session: requests.Session, path: str, tries: Tries) -> None:
        sent = time.monotonic()
        try:
            status = session.get(f"{self._hall.server.address}{path}", timeout=30).status_code
        except requests.RequestException:
            status = 0
        tries.note(sent, status)

    def _press(self, session: requests.Session) -> None:
        """One press of the kiosk's button, sent again until it is answered for good."""
        key = secrets.token_hex(8)
        while True:
            sent = time.monotonic()
            answer = session.post(
                f"{self._hall.server.address}/api/halls/{HALL}/tickets",
                json={"line": "A", "class": "ordinary"},
                headers={IDEMPOTENCY_HEADER: key, "Authorization": f"Bearer {self._hall.kiosk}"},
                timeout=30,
            )
            self.orders.note(sent, answer.status_code)
            if answer.status_code < 500:
                self.given.append(answer.json()["ticket"]["number"])
                return
            threading.Event().wait(0.3)

    def close(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in self._threads)


class AwayDatabase:
    """The hall, its server, and the proxy that stands before its database."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url = url
        self.hall = hall_on(url, folder)
        real = make_url(url)
        assert real.port is not None
        self.proxy = FaultProxy(real.port)
        through = real.set(port=self.proxy.port).render_as_string(hide_password=False)
        self.hall.server = type(self.hall.server)(folder, through, hall=HALL)
        self.hall.server.start()
        self.given = 0

    def round(self, fault: Fault, orders_per_s: float) -> list[str]:
        """Let the database be away and come back; what was not as promised, and a line of figures."""
        probes = Probes(self.hall, orders_per_s)
        try:
            began = time.monotonic()
            with self.proxy.broken(fault):
                wait_until(lambda: time.monotonic() > began + LASTS_S[fault], what="the end of the fault")
            healed = time.monotonic()
            wanted = [probes.health, probes.orders] if orders_per_s else [probes.health]
            wait_until(lambda: all(tries.good_after(healed) for tries in wanted), PATIENCE_S, "the recovery")
        finally:
            probes.close()
        self.given += len(probes.given)
        return self._judged(fault, probes, wanted, healed)

    @staticmethod
    def _judged(fault: Fault, probes: Probes, wanted: list[Tries], healed: float) -> list[str]:
        late = probes.own.slowest
        back = max(tries.good_after(healed) or PATIENCE_S for tries in wanted)
        load = "5/s" if probes.orders.answers else "idle"
        health, orders = probes.health, probes.orders
        figures = [f"page {probes.page.slowest:.2f}", f"health {health.slowest:.1f} {dict(health.statuses)}"]
        figures += [f"orders {orders.slowest:.1f} {dict(orders.statuses)}", f"back {back:.1f}", f"late {late:.2f}"]
        print(f"{'database':16} {fault:8} {load:6} {', '.join(figures)}", flush=True)
        bounds = [
            (probes.page.slowest <= STATIC_WITHIN_S + late, "a page waited for the database"),
            (set(probes.page.statuses) == {200}, "a page was refused"),
            (probes.health.slowest <= REFUSED_WITHIN_S + late, "the health waited too long"),
            (set(probes.health.statuses) <= {200, 503}, "the health was answered otherwise than 200 or 503"),
            (probes.orders.slowest <= REFUSED_WITHIN_S + late, "an order waited too long"),
            (set(probes.orders.statuses) <= {201, 503}, "an order was answered otherwise than 201 or 503"),
            (back <= RECOVERS_WITHIN_S + late, "the recovery took too long"),
        ]
        return [f"{fault} {load}: {what}" for good, what in bounds if not good]

    def assert_each_order_happened_once(self) -> None:
        store = open_store(self._url)
        try:
            with store.reading() as connection:
                assert list(maintenance.verify(connection)) == []
                issued = [event for event in log.whole(connection, HALL) if event.type == "ticket.issued"]
        finally:
            store.dispose()
        assert len(issued) == self.given

    def close(self) -> None:
        self.proxy.heal()
        self.hall.server.kill()
        self.proxy.close()


@contextmanager
def away_database(url: str, folder: Path) -> Iterator[AwayDatabase]:
    made = AwayDatabase(url, folder)
    try:
        yield made
    finally:
        made.close()
