"""One day with every order in it, as readers of both scopes see it before and after each."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from queue_server.domain.numbering import TicketClass
from queue_server.domain.window import PauseReason
from queue_server.protocol import Scope, Synced
from queue_server.services import (
    access,
    announcements,
    catalogue,
    counters,
    days,
    news,
    seats,
    setup,
    supervising,
    transfers,
)
from tests.news.story_counter import COUNTER_ORDERS, tell_of_the_counter
from tests.news.story_devices import DEVICE_ORDERS, tell_of_devices
from tests.support.halls import HALL, Bench

SCOPES: tuple[Scope, ...] = ("public", "staff")

#: Under which hashes somebody signs in.
ATTEMPT = access.Attempt("name", "address")


def sign(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _any(bench: Bench, order: Callable[..., Any], *arguments: Any) -> Any:
    """Run an order that answers something else than a dictionary."""
    with bench.uow() as uow:
        return order(uow, *arguments)


@dataclass
class Chapter:
    """An order, and what the readers of one scope knew before and after it."""

    name: str
    scope: Scope
    before: Synced
    after: Synced
    events: list[Any]


@dataclass
class Story:
    bench: Bench
    chapters: list[Chapter] = field(default_factory=list)

    def sync(self, scope: Scope, has: Synced | None = None) -> Synced:
        position = (has["epoch"], has["seq"], has["hash"]) if has else ("", 0, "")
        return news.sync(self.bench.store, HALL, scope, position, self.bench.clock)

    @contextmanager
    def order(self, name: str) -> Iterator[None]:
        """What happens inside is one chapter."""
        before = {scope: self.sync(scope) for scope in SCOPES}
        self.bench.clock.forward(seconds=7)
        yield
        for scope in SCOPES:
            replay = self.sync(scope, before[scope])
            assert replay["mode"] == "replay"
            assert replay["events"], f"{name}: no event"
            self.chapters.append(Chapter(name, scope, before[scope], self.sync(scope), replay["events"]))

    def tell(self) -> "Story":
        self._morning()
        self._window()
        self._lines()
        tell_of_the_counter(self)
        self._voice()
        tell_of_devices(self)
        self._house()
        self._evening()
        return self

    def _morning(self) -> None:
        bench = self.bench
        with self.order("the day is opened"):
            bench.open_day()
        with self.order("a window is opened"):
            bench.sit("1")
        for code in ("Z1", "2", "3"):
            bench.sit(code)
        with self.order("an ordinary ticket is issued"):
            bench.issue("A")
        with self.order("a care ticket is issued"):
            bench.issue("A", TicketClass.CARE)
        with self.order("a window is paused"):
            bench.do(seats.pause, "2", "clerk-2", PauseReason.MEAL)
        with self.order("a window is resumed"):
            bench.do(seats.resume, "2", "clerk-2")
        for line in "AAABBZZAA":
            bench.issue(line)

    def _window(self) -> None:
        bench = self.bench
        with self.order("a ticket is called"):
            first = self._called("1")
        with self.order("a ticket is recalled"):
            bench.do(counters.recall, first, "clerk-1")
        with self.order("a ticket is started"):
            bench.do(counters.start, first, "clerk-1")
        bench.clock.forward(minutes=5)
        with self.order("a ticket is finished and the next called in one press"):
            second = self._called("1", finishing=first)
        with self.order("a ticket is missed"):
            bench.do(counters.miss, second, "clerk-1")
        with self.order("a missed ticket is reinstated"):
            bench.do(counters.reinstate, second)
        third = self._serving("1")
        with self.order("a ticket is finished"):
            bench.do(counters.finish, third, "clerk-1")
        fourth = self._called("1")
        bench.do(counters.miss, fourth, "clerk-1")
        with self.order("a missed ticket is called directly"):
            bench.do(counters.call_directly, fourth, "1", "clerk-1")
        with self.order("a call replaces one at the same window that nobody spoke"):
            bench.do(counters.miss, fourth, "clerk-1")
            bench.call("1")

    def _called(self, window: str, finishing: str | None = None) -> str:
        ticket = self.bench.call(window, finishing)
        assert ticket is not None
        return str(ticket["id"])

    def _serving(self, window: str) -> str:
        ticket = self._called(window)
        self.bench.do(counters.start, ticket, f"clerk-{window}")
        return ticket

    def _lines(self) -> None:
        bench = self.bench
        with self.order("a ticket is transferred with a note for one window"):
            bench.do(transfers.transfer, self._serving("Z1"), "clerk-Z1", "A", "带齐材料", "2")
        with self.order("a ticket that stood in the wrong line is transferred from its call"):
            bench.do(transfers.transfer, self._called("Z1"), "clerk-Z1", "B")
        with self.order("a ticket is called for its target window"):
            held = self._called("2")
        with self.order("a called person leaves"):
            bench.do(counters.leave, held, "clerk-2")
        waiting = bench.issue("B")
        with self.order("a waiting person leaves"):
            bench.do(partial(counters.leave, anywhere=True), waiting["id"], "greeter")

    def _voice(self) -> None:
        bench = self.bench
        seq = self._spoken("3")
        with self.order("an announcement is started"):
            bench.do(announcements.start, seq, "speaker")
        with self.order("an announcement is ended"):
            bench.do(announcements.end, seq, "speaker")
        seq = self._spoken("2")
        with self.order("an announcement fails"):
            bench.do(announcements.fail, seq, "speaker", "player")
        bench.do(counters.recall, self.latest_ticket, "clerk-2")
        with self.order("an announcement is not spoken in time"), bench.uow() as uow:
            assert announcements.report_silence(uow) > 0

    def _spoken(self, window: str) -> int:
        """Call somebody; returns the announcement of it."""
        self.latest_ticket = self._called(window)
        with self.bench.store.reading() as connection:
            return int(news.tick(connection, HALL, self.bench.clock())["seq"])

    def _house(self) -> None:
        bench = self.bench
        with self.order("an account is added"):
            member = _any(bench, setup.add_member, setup.NewMember("wang", "王芳", "clerk", "no hash"))
        with self.order("a clerk's skills are changed"):
            bench.do(supervising.set_skills, member, ["A"])
        with self.order("somebody signs in"):
            signed = _any(bench, access.sign_in, ATTEMPT, member, True)
        with self.order("somebody changes the password"):
            bench.do(access.change_password, member, signed[1], "another hash")
        with self.order("an account is locked after wrong passwords"):
            for _ in range(access.FAILURES_ALLOWED):
                _any(bench, access.sign_in, ATTEMPT, member, False)
        with self.order("somebody signs out"):
            bench.do(access.sign_out, member, signed[1])
        with self.order("a device is created"):
            device = bench.do(access.create_device, "kiosk", "大厅取号机", sign)["device"]["id"]
        with self.order("a device is enrolled"):
            _any(bench, access.enrol, access.enrolment_code(sign, device))
        with self.order("a device is revoked"):
            bench.do(access.revoke, device)
        with self.order("services are added"):
            bench.add_services()
        with self.order("a service is changed"):
            bench.do(catalogue.change, "A01", {"active": False})
        with self.order("the clock is stepped"):
            bench.do(days.step_clock, bench.clock.now + timedelta(minutes=30))

    def _evening(self) -> None:
        bench = self.bench
        with self.order("a window is closed"):
            bench.do(seats.close_window, "Z1", "clerk-Z1")
        with self.order("the day begins to close by force"):
            bench.do(days.begin_close, True)
        with self.order("the day is closed and what is left is ended"):
            days.finish_close(bench.uow)
        with self.order("the day is opened again by hand"):
            bench.do(days.open_day)
        with self.order("a number is given after the day was opened again"):
            bench.issue("A")
        bench.do(days.begin_close, False)
        days.finish_close(bench.uow)
        bench.clock.forward(days=1)
        with self.order("the next day is opened"):
            bench.do(days.open_day)
        with self.order("the next day's first number is given"):
            bench.issue("A")


#: The chapters, in order; a test fails when the story tells others.
ORDERS = f"""
the day is opened
a window is opened
an ordinary ticket is issued
a care ticket is issued
a window is paused
a window is resumed
a ticket is called
a ticket is recalled
a ticket is started
a ticket is finished and the next called in one press
a ticket is missed
a missed ticket is reinstated
a ticket is finished
a missed ticket is called directly
a call replaces one at the same window that nobody spoke
a ticket is transferred with a note for one window
a ticket that stood in the wrong line is transferred from its call
a ticket is called for its target window
a called person leaves
a waiting person leaves
{COUNTER_ORDERS.strip()}
an announcement is started
an announcement is ended
an announcement fails
an announcement is not spoken in time
{DEVICE_ORDERS.strip()}
an account is added
a clerk's skills are changed
somebody signs in
somebody changes the password
an account is locked after wrong passwords
somebody signs out
a device is created
a device is enrolled
a device is revoked
services are added
a service is changed
the clock is stepped
a window is closed
the day begins to close by force
the day is closed and what is left is ended
the day is opened again by hand
a number is given after the day was opened again
the next day is opened
the next day's first number is given
""".strip().splitlines()
