"""A clerk who is gone leaves nobody behind."""

import pytest

from queue_server.domain.errors import LineClosed, NotYourWindow, WindowClosed
from queue_server.services import counters, seats, transfers
from tests.support.halls import Bench


def test_a_supervisor_finishes_for_a_clerk_who_is_gone(hall: Bench) -> None:
    hall.issue()
    ticket = hall.call("1")
    assert ticket is not None
    with pytest.raises(NotYourWindow):
        hall.do(counters.start, ticket["id"], "clerk-2")
    hall.do(counters.start, ticket["id"], None)
    assert hall.do(counters.finish, ticket["id"], None)["ticket"]["state"] == "done"
    assert hall.do(seats.close_window, "1", None)["window"]["state"] == "closed"


def test_a_supervisor_sends_the_person_on_or_back_to_the_line(hall: Bench) -> None:
    hall.issue()
    hall.issue()
    called, second = hall.call("1"), hall.call("2")
    assert called is not None
    assert second is not None
    moved = hall.do(transfers.transfer, called["id"], None, "B", "材料齐", None, "supervisor")["ticket"]
    assert (moved["line"], moved["state"], moved["notes"]) == ("B", "waiting", 1)
    assert hall.do(counters.miss, second["id"], None)["ticket"]["state"] == "missed"
    assert hall.do(counters.reinstate, second["id"])["ticket"]["state"] == "waiting"


def kept_for_one(hall: Bench) -> str:
    """A ticket handed from the zero window to line A, kept for window 1."""
    hall.issue("Z")
    ticket = hall.call("Z1")
    assert ticket is not None
    hall.do(counters.start, ticket["id"], "clerk-Z1")
    moved = hall.do(transfers.transfer, ticket["id"], "clerk-Z1", "A", None, "1")["ticket"]
    return str(moved["number"])


def test_a_ticket_kept_for_a_window_is_free_when_that_window_closes(hall: Bench) -> None:
    number = kept_for_one(hall)
    assert hall.call("2") is None
    hall.do(seats.close_window, "1", "clerk-1")
    freed = hall.call("2")
    assert freed is not None
    assert freed["number"] == number


def test_a_ticket_kept_for_a_window_waits_through_its_pause(hall: Bench) -> None:
    number = kept_for_one(hall)
    hall.do(seats.pause, "1", "clerk-1", "rest")
    assert hall.call("2") is None
    hall.do(seats.resume, "1", "clerk-1")
    called = hall.call("1")
    assert called is not None
    assert called["number"] == number


def test_nothing_is_kept_for_a_closed_window_or_one_that_does_not_serve_the_line(hall: Bench) -> None:
    hall.issue("Z")
    ticket = hall.call("Z1")
    assert ticket is not None
    with pytest.raises(LineClosed):
        hall.do(transfers.transfer, ticket["id"], "clerk-Z1", "B", None, "1")
    hall.do(seats.close_window, "1", "clerk-1")
    with pytest.raises(WindowClosed):
        hall.do(transfers.transfer, ticket["id"], "clerk-Z1", "A", None, "1")


def test_a_new_stay_counts_its_own_calls(hall: Bench) -> None:
    hall.issue("Z")
    ticket = hall.call("Z1")
    assert ticket is not None
    hall.do(counters.recall, ticket["id"], "clerk-Z1")
    hall.do(transfers.transfer, ticket["id"], "clerk-Z1", "A")
    again = hall.call("1")
    assert again is not None
    assert again["calls"] == 1


def test_a_missed_ticket_kept_for_a_window_is_free_when_it_comes_back_after_that_window_closed(hall: Bench) -> None:
    number = kept_for_one(hall)
    called = hall.call("1")
    assert called is not None
    hall.do(counters.miss, called["id"], "clerk-1")
    hall.do(seats.close_window, "1", "clerk-1")
    hall.do(counters.reinstate, called["id"])
    freed = hall.call("2")
    assert freed is not None
    assert freed["number"] == number
