"""A hall on PostgreSQL with a proxy between the server and its database, and what its clients meet meanwhile."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests
from sqlalchemy.engine import make_url

from queue_server.services import maintenance
from queue_server.store import log
from queue_server.store.engine import open_store
from tests.faults.in_vain import InVain
from tests.faults.proxy import Fault, FaultProxy
from tests.support.halls import HALL
from tests.support.served import Client, Sent, ServedHall, hall_on
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
#: The answer to each kind of request while the database is there; otherwise 503.
ANSWERS = {"health": 200, "orders": 201, "refusals": 409, "calls of nobody": 200}
ORDERS = tuple(ANSWERS)[1:]
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
        """Seconds from ``moment`` to the first answer that stands (a refusal does) to what was sent after it."""
        return min(
            (sent + took - moment for sent, took, status in list(self.answers) if sent >= moment and 0 < status < 500),
            default=None,
        )


class Probes:
    """Ask for a page, for the health, and give orders, each in threads of its own, until closed."""

    def __init__(self, hall: ServedHall, in_vain: InVain, orders_per_s: float) -> None:
        self._hall, self._in_vain, self._over = hall, in_vain, threading.Event()
        self.page, self.health, self.own = Tries(), Tries(), Tries()
        #: Presses that are done, those that the rules refuse, and calls that find nobody.
        self.ordered = {name: Tries() for name in ORDERS} if orders_per_s else {}
        #: Presses that were answered for good, by number of the ticket.
        self.given: list[str] = []
        work = [(self._beat, 0.05), (self._ask_page, 0.1), (self._ask_health, 0.2)]
        # Several people press at once: one who waits for the database must not keep the others from being refused.
        if orders_per_s:
            work += [(self._press, PRESSERS / orders_per_s)] * PRESSERS
            work += [(self._press_in_vain, PRESSERS / orders_per_s), (self._call_nobody, PRESSERS / orders_per_s)]
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
        sent = Sent("/tickets", {"line": "A", "class": "ordinary"})
        self._until_answered(session, self._in_vain.kiosk, sent, self.ordered["orders"])
        self.given.append(sent.answer["ticket"]["number"])

    def _press_in_vain(self, session: requests.Session) -> None:
        self._note_in_vain(session, *self._in_vain.number_of_a_closed_line(), self.ordered["refusals"])

    def _call_nobody(self, session: requests.Session) -> None:
        self._note_in_vain(session, *self._in_vain.call_where_nobody_waits(), self.ordered["calls of nobody"])

    def _note_in_vain(self, session: requests.Session, client: Client, sent: Sent, tries: Tries) -> None:
        self._until_answered(session, client, sent, tries)
        self._in_vain.told.append((client, sent))

    def _until_answered(self, session: requests.Session, client: Client, sent: Sent, tries: Tries) -> None:
        """One press of a button, sent again until it is answered for good."""
        session.cookies.update(client.session.cookies)
        while True:
            began = time.monotonic()
            answer = session.post(client.url(sent.path), json=sent.body, headers=client.headers(sent), timeout=30)
            tries.note(began, answer.status_code)
            if answer.status_code < 500:
                sent.status, sent.answer = answer.status_code, answer.json()
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
        self.in_vain, self.given = InVain.at(self.hall), 0

    def round(self, fault: Fault, orders_per_s: float) -> list[str]:
        """Let the database be away and come back; what was not as promised, and a line of figures."""
        probes = Probes(self.hall, self.in_vain, orders_per_s)
        try:
            began = time.monotonic()
            with self.proxy.broken(fault):
                wait_until(lambda: time.monotonic() > began + LASTS_S[fault], what="the end of the fault")
            healed = time.monotonic()
            wanted = [probes.health, *probes.ordered.values()]
            wait_until(lambda: all(tries.good_after(healed) for tries in wanted), PATIENCE_S, "the recovery")
        finally:
            probes.close()
        self.given += len(probes.given)
        return self._judged(fault, probes, wanted, healed)

    @staticmethod
    def _judged(fault: Fault, probes: Probes, wanted: list[Tries], healed: float) -> list[str]:
        late = probes.own.slowest
        back = max(tries.good_after(healed) or PATIENCE_S for tries in wanted)
        load = "5/s" if probes.ordered else "idle"
        figures = [f"page {probes.page.slowest:.2f}"]
        for name, tries in (("health", probes.health), *probes.ordered.items()):
            figures.append(f"{name} {tries.slowest:.1f} {dict(tries.statuses)}")
        print(f"{'database':16} {fault:8} {load:6} {', '.join(figures)}, back {back:.1f}, late {late:.2f}", flush=True)
        bounds = [
            (probes.page.slowest <= STATIC_WITHIN_S + late, "a page waited for the database"),
            (set(probes.page.statuses) == {200}, "a page was refused"),
            (back <= RECOVERS_WITHIN_S + late, "the recovery took too long"),
        ]
        for name, tries in (("health", probes.health), *probes.ordered.items()):
            bounds.append((tries.slowest <= REFUSED_WITHIN_S + late, f"{name} waited too long"))
            expected = {ANSWERS[name], 503}
            bounds.append((set(tries.statuses) <= expected, f"{name} answered otherwise than {sorted(expected)}"))
        return [f"{fault} {load}: {what}" for good, what in bounds if not good]

    def assert_answers_stand(self) -> None:
        """Each order happened once, and what was refused was so truly, and is told the same once more."""
        self._assert_each_order_happened_once()
        assert self.in_vain.told
        assert [*self.in_vain.untrue(), *self.in_vain.told_otherwise(self.hall)] == []

    def _assert_each_order_happened_once(self) -> None:
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
