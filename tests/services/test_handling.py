"""Recall, start, finish, miss, reinstate, serve directly, leave."""

from typing import Any

import pytest

from queue_server.domain.errors import (
    IllegalMove,
    NotYourWindow,
    ReinstatedTooLate,
    ReinstatedTooOften,
    UnknownTicket,
    WindowBusy,
)
from queue_server.services import counters, transfers
from queue_server.store import tables
from tests.services.looking import refused, rows, ticket, visit
from tests.support.halls import Bench

Ticket = dict[str, Any]


def called(hall: Bench, window: str = "1") -> Ticket:
    issued = hall.issue()
    hall.call(window)
    return issued


def missed(hall: Bench) -> Ticket:
    gone = called(hall)
    hall.do(counters.miss, gone["id"], "clerk-1")
    return gone


def test_call_start_finish_are_times_of_the_visit(hall: Bench) -> None:
    person = called(hall)
    start, end = hall.clock.now.replace(minute=1), hall.clock.now.replace(minute=9)
    hall.clock.now = start
    hall.do(counters.start, person["id"], "clerk-1")
    hall.clock.now = end
    hall.do(counters.finish, person["id"], "clerk-1")

    stay, window = visit(hall.store, person["id"]), rows(hall.store, tables.windows, code="1")[0]
    assert (stay["started_at"], stay["ended_at"], stay["outcome"]) == (start, end, "done")
    assert (window["served"], window["handling_s"]) == (1, 480)


@pytest.mark.parametrize("verb", ["recall", "start", "miss", "finish"])
def test_another_clerk_may_not_touch_the_ticket(hall: Bench, verb: str) -> None:
    person = called(hall)
    if verb == "finish":
        hall.do(counters.start, person["id"], "clerk-1")

    with refused(hall, NotYourWindow):
        hall.do(getattr(counters, verb), person["id"], "clerk-2")


def test_what_is_not_at_a_window_cannot_be_recalled_started_finished_missed_or_transferred(hall: Bench) -> None:
    waiting = hall.issue()

    for verb in (counters.recall, counters.start, counters.finish, counters.miss):
        with refused(hall, IllegalMove, state="waiting"):
            hall.do(verb, waiting["id"], "clerk-1")
        with refused(hall, UnknownTicket):
            hall.do(verb, "f" * 32, "clerk-1")
    with refused(hall, IllegalMove):
        hall.do(transfers.transfer, waiting["id"], "clerk-1", "B")


def test_a_double_press_on_start_and_on_finish_is_refused_the_second_time(hall: Bench) -> None:
    person = called(hall)
    for verb in (counters.start, counters.finish):
        hall.do(verb, person["id"], "clerk-1")
        with refused(hall, IllegalMove):
            hall.do(verb, person["id"], "clerk-1")


def test_a_recall_counts_and_leaves_the_time_of_the_call(hall: Bench) -> None:
    person = called(hall)
    at = hall.clock.now
    hall.clock.forward(seconds=40)

    again = hall.do(counters.recall, person["id"], "clerk-1")["ticket"]

    assert again["calls"] == 2
    assert ticket(hall.store, person["id"])["called_at"] == at


def test_a_missed_person_frees_the_window_and_comes_back_behind_the_third(hall: Bench) -> None:
    gone = missed(hall)
    others = [hall.issue() for _ in range(4) if hall.clock.forward(seconds=5) is None]

    answer = hall.do(counters.reinstate, gone["id"])
    order = [hall.serve() for _ in range(5)]

    assert answer["ahead"] == 3
    expected = [*(other["number"] for other in others[:3]), gone["number"], others[3]["number"]]
    assert [one and one["number"] for one in order] == expected


def test_the_second_time_back_is_behind_all_and_the_third_is_refused(hall: Bench) -> None:
    gone = missed(hall)
    hall.do(counters.reinstate, gone["id"])
    hall.call()
    hall.do(counters.miss, gone["id"], "clerk-1")
    for _ in range(5):
        hall.clock.forward(seconds=5)
        hall.issue()
    hall.clock.forward(seconds=5)

    assert hall.do(counters.reinstate, gone["id"])["ahead"] == 5
    for _ in range(5):
        hall.serve("2")
    assert (last := hall.call()) is not None
    assert last["number"] == gone["number"]
    hall.do(counters.miss, gone["id"], "clerk-1")
    with refused(hall, ReinstatedTooOften):
        hall.do(counters.reinstate, gone["id"])
    with refused(hall, ReinstatedTooOften):
        hall.do(counters.call_directly, gone["id"], "1", "clerk-1")


def test_after_thirty_minutes_a_missed_person_takes_a_new_number(hall: Bench) -> None:
    gone = missed(hall)
    hall.clock.forward(minutes=30, seconds=1)

    with refused(hall, ReinstatedTooLate, ticket=gone["number"]):
        hall.do(counters.reinstate, gone["id"])
    with refused(hall, ReinstatedTooLate):
        hall.do(counters.call_directly, gone["id"], "1", "clerk-1")


def test_a_missed_person_at_the_window_is_served_directly(hall: Bench) -> None:
    gone = missed(hall)
    waiting = hall.issue()

    direct = hall.do(counters.call_directly, gone["id"], "2", "clerk-2")["ticket"]

    assert (direct["state"], direct["window"], direct["because"]) == ("called", "2", None)
    with refused(hall, IllegalMove):
        hall.do(counters.call_directly, waiting["id"], "1", "clerk-1")


def test_a_direct_call_needs_a_free_window_of_one_s_own(hall: Bench) -> None:
    gone = missed(hall)
    called(hall)

    with refused(hall, WindowBusy):
        hall.do(counters.call_directly, gone["id"], "1", "clerk-1")
    with refused(hall, NotYourWindow):
        hall.do(counters.call_directly, gone["id"], "2", "clerk-1")


def test_leaving_ends_a_waiting_a_called_and_a_missed_ticket(hall: Bench) -> None:
    gone, here, waiting = missed(hall), called(hall), hall.issue()

    with refused(hall, NotYourWindow):
        hall.do(counters.leave, waiting["id"], "clerk-1")
    hall.do(counters.leave, here["id"], "clerk-1")
    for person in (gone, waiting):
        hall.do(counters.leave, person["id"], "greeter", anywhere=True)

    for person in (gone, here, waiting):
        assert ticket(hall.store, person["id"])["state"] == "left"
        assert visit(hall.store, person["id"])["outcome"] == "left"
    assert hall.call() is None
    with refused(hall, IllegalMove):
        hall.do(counters.leave, gone["id"], "greeter", anywhere=True)


def test_somebody_at_the_desk_is_finished_and_does_not_leave(hall: Bench) -> None:
    person = called(hall)
    hall.do(counters.start, person["id"], "clerk-1")

    with refused(hall, IllegalMove):
        hall.do(counters.leave, person["id"], "clerk-1")
