"""A supervisor opens a window for a clerk."""

from collections.abc import Callable

import pytest

from queue_server.domain.errors import ClerkElsewhere, DayNotOpen, UnknownClerk, UnknownWindow, WindowTaken
from queue_server.services import seats, setup
from queue_server.services.setup import NewMember
from queue_server.store import people
from tests.services.looking import events, faults, refused, window
from tests.support.halls import Bench

Hire = Callable[..., str]


@pytest.fixture
def hire(bench: Bench) -> Hire:
    def hire(name: str, role: str = "clerk") -> str:
        with bench.uow() as uow:
            return setup.add_member(uow, NewMember(name, name, role, "no hash"))

    return hire


def open_for(bench: Bench, code: str, clerk: str) -> None:
    with bench.uow("staff:boss") as uow:
        seats.open_for(uow, code, clerk, "boss")


def test_the_clerk_finds_the_window_open_and_the_log_says_who_opened_it(bench: Bench, hire: Hire) -> None:
    bench.open_day()
    wang = hire("wang")
    with bench.uow() as uow:
        people.set_skills(uow.connection, uow.hall_id, wang, ["A"])

    open_for(bench, "3", wang)

    found = window(bench.store, "3")
    assert (found["clerk"], found["state"], found["skills"]) == (wang, "open", ["A"])
    last = events(bench.store)[-1]
    assert (last.type, last.actor) == ("window.opened", "staff:boss")
    assert last.content()["facts"] == {"window": "3", "supervisor": "boss"}
    assert faults(bench.store) == []


def test_who_sits_elsewhere_and_a_taken_window_are_refused(bench: Bench, hire: Hire) -> None:
    bench.open_day()
    wang, li = hire("wang"), hire("li")
    open_for(bench, "1", wang)

    with refused(bench, ClerkElsewhere, window="1"):
        bench.do(seats.open_for, "2", wang, "boss")
    with refused(bench, ClerkElsewhere, window="1"):
        bench.do(seats.open_for, "1", wang, "boss")
    with refused(bench, WindowTaken, window="1"):
        bench.do(seats.open_for, "1", li, "boss")
    with refused(bench, UnknownWindow, window="99"):
        bench.do(seats.open_for, "99", li, "boss")


def test_only_for_who_may_sit_at_a_window_of_this_hall(bench: Bench, hire: Hire) -> None:
    bench.open_day()
    greeter, gone = hire("greeter", "greeter"), hire("gone")
    with bench.uow() as uow:
        people.update_staff(uow.connection, gone, active=False)

    for nobody in (greeter, gone, "f" * 32):
        with refused(bench, UnknownClerk):
            bench.do(seats.open_for, "1", nobody, "boss")
    open_for(bench, "1", hire("boss", "supervisor"))


def test_not_before_the_day_is_open(bench: Bench, hire: Hire) -> None:
    wang = hire("wang")
    with refused(bench, DayNotOpen):
        bench.do(seats.open_for, "1", wang, "boss")
