"""Hall time: never backwards, stepped forward only, remembered."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from queue_server.domain.errors import ClockBackwards, NotADemoHall, UnknownHall
from queue_server.services import days
from queue_server.services.orders import perform
from queue_server.store.engine import Store
from queue_server.store.idempotency import Press
from queue_server.store.unit_of_work import UnitOfWork
from tests.services.looking import events, faults, refused
from tests.support.halls import HALL, NINE, Bench


def now(bench: Bench) -> datetime:
    with bench.uow() as uow:
        return uow.now


def test_hall_time_stands_still_while_the_computer_s_clock_is_behind(hall: Bench) -> None:
    hall.clock.at("10:00")
    hall.issue()
    hall.clock.at("9:30")
    late = hall.issue()

    assert late["issued_at"] == "2026-11-24T02:00:00.000000Z"
    times = [event.at for event in events(hall.store)]
    assert times == sorted(times)
    hall.clock.at("10:01")
    assert hall.issue()["issued_at"] == "2026-11-24T02:01:00.000000Z"


def test_order_of_issue_decides_while_the_clock_stands_still(hall: Bench) -> None:
    hall.clock.at("10:00")
    first = hall.issue()
    hall.clock.at("9:30")
    second = hall.issue()

    assert [(one := hall.serve()) and one["number"] for _ in range(2)] == [first["number"], second["number"]]


def test_a_step_goes_forward_only_and_is_remembered_after_a_restart(
    hall: Bench, new_store: Callable[[], Store]
) -> None:
    hall.do(days.step_clock, NINE + timedelta(hours=2))
    with refused(hall, ClockBackwards):
        hall.do(days.step_clock, NINE + timedelta(hours=1, minutes=59))
    hall.clock.forward(minutes=5)

    later = UnitOfWork(new_store(), HALL, hall.clock)
    with later as uow:
        assert uow.now == NINE + timedelta(hours=2, minutes=5)
        assert uow.real_now == NINE + timedelta(minutes=5)
    hall.do(days.step_clock, NINE + timedelta(hours=3))
    assert now(hall) == NINE + timedelta(hours=3)


def test_a_step_is_exact_to_the_microsecond(hall: Bench) -> None:
    to = datetime(2026, 11, 24, 3, 0, 0, 1, tzinfo=UTC)

    assert hall.do(days.step_clock, to)["now"] == "2026-11-24T03:00:00.000001Z"
    assert now(hall) == to


def test_after_a_step_hall_time_runs_on_even_when_the_computer_s_clock_was_behind(hall: Bench) -> None:
    hall.clock.at("10:00")
    hall.issue()
    hall.clock.at("9:30")
    hall.do(days.step_clock, NINE + timedelta(hours=2))

    hall.clock.forward(minutes=5)

    assert now(hall) == NINE + timedelta(hours=2, minutes=5)


def test_a_step_that_is_refused_afterwards_leaves_the_clock_alone(hall: Bench) -> None:
    def step_and_refuse(uow: UnitOfWork) -> dict[str, Any]:
        days.step_clock(uow, NINE + timedelta(hours=2))
        raise NotADemoHall

    answer = perform(hall.uow(), step_and_refuse, Press("a scope", "key-step", "a body"), 201, lambda refusal: 403)

    assert (answer.status, answer.body["error"]) == (403, "not_a_demo_hall")
    assert now(hall) == NINE


def test_only_a_demonstration_s_clock_is_stepped(hall: Bench) -> None:
    with hall.uow() as uow:
        place = uow.hall()
        place.demo = False
        uow.record("hall.changed", place)

    with refused(hall, NotADemoHall):
        hall.do(days.step_clock, NINE + timedelta(hours=2))


def test_a_hall_that_is_not_there_takes_no_orders_and_keeps_no_lock(hall: Bench) -> None:
    with pytest.raises(UnknownHall), UnitOfWork(hall.store, "nowhere", hall.clock):
        pass

    assert hall.issue()["number"] == "A001"


def test_times_without_a_zone_never_reach_a_table(hall: Bench) -> None:
    issued = hall.issue()

    def forget_the_zone(uow: UnitOfWork) -> None:
        ticket = uow.ticket(issued["id"])
        ticket.missed_at = datetime(2026, 11, 24, 9)  # noqa: DTZ001
        uow.record("ticket.missed", ticket)

    with pytest.raises(ValueError, match="without a zone"):
        hall.do(forget_the_zone)
    assert faults(hall.store) == []
