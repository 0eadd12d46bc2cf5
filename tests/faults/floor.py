"""A hall whose clients are each cut off by a proxy of their own, while others press directly."""

import itertools
import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from queue_server.services import maintenance
from queue_server.store import log
from tests.faults.hall_pages import FloorPage, Kiosk, PressedKiosk
from tests.faults.looks import Acknowledged
from tests.faults.pages import Board, CounterPage
from tests.faults.programs import Box, HeadlessCounter
from tests.faults.proxy import FaultProxy
from tests.support.halls import HALL
from tests.support.served import Client, Sent, ServedHall

#: Orders that the load gives, in orders per second.
LOAD_PER_S = 5
#: Tickets that wait from the start: no window ever finds its line empty.
WAITING = 60


class Clerk:
    """The clerk of window 3, and the ticket that is there."""

    def __init__(self, hall: ServedHall) -> None:
        self._client, self.held, self.serving = hall.seated("3"), "", False

    def order(self, path: str, **body: Any) -> Sent:
        sent = self._client.order(path, **body)
        assert sent.status in (200, 201), sent
        return sent

    def read(self, path: str) -> dict[str, Any]:
        return self._client.read(path)


class Load:
    """A kiosk and the clerk of window 3, five orders a second in all, straight to the server."""

    def __init__(self, kiosk: Client, clerk: "Clerk", acknowledged: Acknowledged) -> None:
        self._kiosk, self._clerk, self._acknowledged = kiosk, clerk, acknowledged
        self._over = threading.Event()
        self.failures: list[BaseException] = []
        self._thread = threading.Thread(target=self._press_for_ever, daemon=True)
        self._thread.start()

    def _press_for_ever(self) -> None:
        try:
            for step in itertools.cycle((self._issue, self._call, self._issue, self._start, self._issue)):
                if self._over.wait(1 / LOAD_PER_S):
                    return
                self._acknowledged.note(step()["seq"])
        except BaseException as error:
            self.failures.append(error)

    def _issue(self) -> dict[str, Any]:
        return self._kiosk.order("/tickets", line=random.choice("AAB"), **{"class": "ordinary"}).answer

    def _call(self) -> dict[str, Any]:
        """Finish who is there, if anybody, and call the next."""
        if self._clerk.held and not self._clerk.serving:  # the load was stopped before it started
            self._start()
        body = {"finishing": self._clerk.held} if self._clerk.held else {}
        answer = self._clerk.order("/windows/3/calls", **body).answer
        self._clerk.held, self._clerk.serving = answer["ticket"]["id"], False
        return answer

    def _start(self) -> dict[str, Any]:
        self._clerk.serving = True
        return self._clerk.order(f"/tickets/{self._clerk.held}/starts").answer

    def close(self) -> None:
        self._over.set()
        self._thread.join(60)
        assert not self._thread.is_alive()


class Floor:
    """The server, and every kind of client that a network may cut off."""

    def __init__(self, hall: ServedHall, browser: Browser, folder: Path) -> None:
        self.hall, self.browser = hall, browser
        self.acknowledged = Acknowledged()
        self.kiosk, self.clerk = hall.client(token=hall.kiosk), Clerk(hall)
        for n in range(WAITING):
            self.kiosk.order("/tickets", line="AB"[n % 6 == 0], **{"class": "ordinary"})
        self._proxies: list[FaultProxy] = []
        self.board = Board(browser, self._proxy())
        self.counter = CounterPage(browser, self._proxy())
        self.idle_kiosk = Kiosk(browser, self._proxy(), hall.enrolment_code("kiosk")[1])
        kiosk, code = hall.enrolment_code("kiosk")
        self.pressed_kiosk, self._pressed_kiosk_id = PressedKiosk(browser, self._proxy(), code), kiosk
        self.floor_page = FloorPage(browser, self._proxy())
        self.box = Box(self._proxy(), hall.screen, folder)
        self.headless = HeadlessCounter(self._proxy(), self.acknowledged)

    def _proxy(self) -> FaultProxy:
        self._proxies.append(FaultProxy(self.hall.server.port))
        return self._proxies[-1]

    @property
    def watched(self) -> list[Any]:
        """The clients that have a face: it must say when it is out of date."""
        return [self.board, self.counter, self.idle_kiosk, self.pressed_kiosk, self.floor_page, self.box]

    @contextmanager
    def loaded(self, loaded: bool) -> Iterator[None]:
        load = Load(self.kiosk, self.clerk, self.acknowledged) if loaded else None
        try:
            yield
        finally:
            if load is not None:
                load.close()
                assert load.failures == [], load.failures

    def snapshot(self, scope: str) -> dict[str, Any]:
        """The server's own state, asked for directly."""
        return self.clerk.read(f"/snapshot?scope={scope}")

    def close(self) -> None:
        for proxy in self._proxies:
            proxy.heal()
        for client in (self.headless, *reversed(self.watched)):
            client.close()
        for proxy in self._proxies:
            proxy.close()

    def assert_each_order_happened_once(self) -> None:
        """The log holds what each clerk's presses asked for, exactly, and is whole."""
        assert self.headless.failures == []
        with self.hall.database() as store, store.reading() as connection:
            events = list(log.whole(connection, HALL))
            assert list(maintenance.verify(connection)) == []
        done = Counter((event.actor, event.type) for event in events)
        clerk1 = next(e.actor for e in events if e.type == "window.opened" and '"1"' in e.data)
        for actor, asked in ((clerk1, self.counter.asked), (f"staff:{self.headless.staff}", self.headless.asked)):
            assert {what: done[actor, f"ticket.{what}"] for what in asked} == asked
        issued = [event for event in events if event.type == "ticket.issued"]
        assert max(Counter(event.data for event in issued).values()) == 1
        ours = [event.content() for event in issued if event.actor == f"device:{self._pressed_kiosk_id}"]
        given = [ticket["number"] for content in ours for ticket in content["changes"]["tickets"]]
        assert given == self.pressed_kiosk.numbers()
        assert len(given) == self.pressed_kiosk.presses
