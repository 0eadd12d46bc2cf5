"""One round: each client meets a fault, the faults are healed, and everything agrees again."""

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from queue_server.protocol import STALE_AFTER_S
from tests.faults.floor import Floor
from tests.faults.looks import between, lateness, stale_after
from tests.faults.proxy import Fault
from tests.news.reader import known
from tests.support.servers import wait_until

#: How long after the healing everything agrees, in seconds: a promise (docs/reliability.md).
AGREE_WITHIN_S = 5.0
#: How long after the healing the socket itself is back, in seconds: a dead one is noticed ten seconds after its last
#: ping, or an attempt under way is given up after four; then comes a pause of at most three.
CONNECTED_WITHIN_S = 12.0
#: How soon after the last order the floor's figures stand for it, in seconds: twice their rhythm.
FIGURES_WITHIN_S = 10.0
#: How long a fault lasts at least: beyond the moment when it must be seen, in seconds.
LASTS_S = 7.5
#: Too short to be seen, long enough to kill every connection on which a tick was under way, in seconds.
BLINK_S = 2.2
#: Faults under which nothing arrives, so that what is shown goes out of date.
SILENT: frozenset[Fault] = frozenset({"freeze", "drop", "refuse", "reset"})
#: What the machine may add at most before a figure says nothing about the product, in seconds.
PATIENCE_S = 60.0


@dataclass
class Row:
    """What became of one client in one round; times in seconds."""

    client: str
    fault: Fault
    load: str
    stale_s: float | None = None
    agreed_s: float | None = None
    socket_s: float | None = None
    late_s: float = 0.0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        figures = [("—" if s is None else f"{s:.1f}") for s in (self.stale_s, self.agreed_s, self.socket_s)]
        verdict = "; ".join(self.faults) or "ok"
        names = f"{self.client:16} {self.fault:8} {self.load:6}"
        return f"{names} {figures[0]:>6} {figures[1]:>7} {figures[2]:>7} {self.late_s:>5.1f}  {verdict}"


HEADER = f"{'client':16} {'fault':8} {'load':6} {'stale':>6} {'agreed':>7} {'socket':>7} {'late':>5}"


class Round:
    """``plan`` says which fault each client meets, by the client's name."""

    def __init__(self, floor: Floor, plan: Mapping[str, Fault], loaded: bool, lasts_s: float = LASTS_S) -> None:
        self._floor, self._loaded, self._lasts_s = floor, loaded, lasts_s
        #: Long enough that every silence must be seen.
        self._long = lasts_s >= LASTS_S
        clients = {client.name: client for client in (*floor.watched, floor.headless)}
        self._met = [(clients[name], fault) for name, fault in plan.items()]
        load = "5/s" if loaded else "idle"
        self.rows = {name: Row(name, fault, load) for name, fault in plan.items()}

    def run(self) -> list[Row]:
        self._healed = time.time()
        wait_until(lambda: all(self._knows(client, 0) for client in self._floor.watched), what="a floor in order")
        self._floor.pressed_kiosk.choose()
        with self._floor.loaded(self._loaded):
            self._began = time.time()
            for client, fault in self._met:
                client.proxy.set(fault)
            pressed = self._floor.counter.press()
            self._floor.pressed_kiosk.press()
            wait_until(
                lambda: time.time() > self._began + self._lasts_s and self._all_stale(), what="every silence seen"
            )
            self._check_presses_are_doubted()
            self._healed = time.time()
            for client, _ in self._met:
                client.proxy.heal()
            self._wait_for_news()
            self._judge()
        self._check_the_press_was_done(pressed)
        self._check_equality()
        self._check_the_sockets()
        self._check_what_is_read_beside_the_news()
        return list(self.rows.values())

    # -- under the fault ---------------------------------------------------------------------

    def _all_stale(self) -> bool:
        over = time.time() > self._began + PATIENCE_S / 2
        return (
            not self._long
            or over
            or all(
                fault not in SILENT or stale_after(client.looks(), self._began) is not None
                for client, fault in self._met
                if client in self._floor.watched
            )
        )

    def _check_presses_are_doubted(self) -> None:
        for client in (self._floor.counter, self._floor.pressed_kiosk):
            row = self.rows.get(client.name)
            if row is None or not self._long or row.fault not in SILENT:
                continue
            if not any(look.unconfirmed for look in self._looks(client)):
                row.faults.append(f"an unanswered press was not called {client.doubt}")

    def _looks(self, client: Any) -> list[Any]:
        return between(client.looks(), self._began, time.time())

    # -- after the healing -------------------------------------------------------------------

    def _wait_for_news(self) -> None:
        """Until each client knows, and says that it knows, all that had happened by the healing; note when."""
        head = self._floor.snapshot("public")["seq"]
        missing = {client.name: client for client, _ in self._met}

        def all_know() -> bool:
            for name in list(missing):
                if self._knows(missing[name], head):
                    self.rows[name].agreed_s = time.time() - self._healed
                    del missing[name]
            return not missing or time.time() > self._healed + PATIENCE_S / 2

        wait_until(all_know, PATIENCE_S, "the news")

    def _knows(self, client: Any, head: int) -> bool:
        """The client shows no interruption, waits for no answer, and is not behind."""
        if client is self._floor.headless:
            return client.settled_since(self._healed)
        looks = client.looks()
        return bool(looks) and not looks[-1].stale and looks[-1].seq >= head and client.settled()

    def _equal(self, client: Any) -> bool:
        truth, heard = self._floor.snapshot(client.scope), client.heard()
        same_place = (heard["epoch"], heard["seq"]) == (truth["epoch"], truth["seq"])
        return same_place and known(heard["state"]) == known(truth["snapshot"])

    def _check_equality(self) -> None:
        """Once nobody presses, every state is the server's, to the last field."""
        self._floor.headless.rest()
        for client in self._floor.watched:
            try:
                wait_until(lambda client=client: self._equal(client), AGREE_WITHIN_S, "equality")
            except AssertionError:
                self.rows[client.name].faults.append("knows another state than the server")
        self._floor.headless.go_on()

    def _check_the_sockets(self) -> None:
        """Polling alone agrees with the server, too; it must not remain at that."""
        watched = [client for client, _ in self._met if client in self._floor.watched]
        # Nobody is called meanwhile: those who wait must last for all the rounds.
        self._floor.headless.rest()
        with suppress(AssertionError):
            wait_until(lambda: all(self._beats(client) for client in watched), PATIENCE_S / 2, "the sockets")
        self._floor.headless.go_on()
        for client in watched:
            row = self.rows[client.name]
            row.socket_s = next((at - self._healed for at in self._beats(client)), None)
            if row.socket_s is None or row.socket_s > CONNECTED_WITHIN_S + row.late_s:
                row.faults.append("its socket was back too late")

    def _beats(self, client: Any) -> list[float]:
        return [at for at in client.beats() if at > self._healed]

    def _check_what_is_read_beside_the_news(self) -> None:
        """The figures of the floor are asked for at most every five seconds, and not while nothing happens."""
        row = self.rows.get(self._floor.floor_page.name)
        if row is None:
            return
        self._floor.headless.rest()
        try:
            wait_until(self._floor.floor_page.up_to_date, FIGURES_WITHIN_S + row.late_s, "the figures")
        except AssertionError:
            row.faults.append("its figures are not of the newest record")
        self._floor.headless.go_on()

    # -- the judgement -----------------------------------------------------------------------

    def _judge(self) -> None:
        for client, fault in self._met:
            row = self.rows[client.name]
            if client in self._floor.watched:
                looks = self._looks(client)
                row.late_s, row.stale_s = lateness(looks), stale_after(looks, self._began)
                if self._long:
                    self._judge_the_face(row, fault)
                old = self._floor.acknowledged.shown_as_fresh_though_old(looks, row.late_s)
                if old:
                    row.faults.append(f"old news shown as fresh {len(old)} times")
            if row.agreed_s is None or row.agreed_s > AGREE_WITHIN_S + row.late_s:
                row.faults.append("agreed too late")

    @staticmethod
    def _judge_the_face(row: Row, fault: Fault) -> None:
        if fault not in SILENT:
            if row.stale_s is not None:
                row.faults.append("called itself out of date though news came")
        elif row.stale_s is None or row.stale_s > STALE_AFTER_S + row.late_s:
            row.faults.append("said too late that it was out of date")

    def _check_the_press_was_done(self, pressed: str) -> None:
        """What the clerk sees at the window is what the server has there."""
        wanted = {"called": "called", "started": "serving"}[pressed]

        def done() -> bool:
            tickets = self._floor.snapshot("staff")["snapshot"]["tickets"].values()
            held = [(t["state"], t["number"]) for t in tickets if t.get("window") == "1" and t["state"] == wanted]
            return held == [self._floor.counter.stage()]

        try:
            wait_until(done, AGREE_WITHIN_S, "the end of the press")
        except AssertionError:
            self.rows["counter page"].faults.append(
                f"the window shows {self._floor.counter.stage()}, {wanted} was asked"
            )
