"""Whom a ticket is kept for: only who is there, and who serves its line."""

from typing import Any

from queue_server.domain.errors import ClerkElsewhere, IllegalMove
from queue_server.services import counters, parking, seats, supervising, transfers
from queue_server.services.transfers import Journey
from tests.services.looking import faults, refused, ticket, visit
from tests.support.halls import Bench


def serving(hall: Bench, window: str = "1", line: str = "A") -> dict[str, Any]:
    person = hall.issue(line)
    hall.call(window)
    hall.do(counters.start, person["id"], f"clerk-{window}")
    return person


def send(hall: Bench, person: dict[str, Any], at: str, line: str, window: str | None = None, **more: Any) -> None:
    hall.do(transfers.transfer, person["id"], f"clerk-{at}", line, window=window, journey=Journey(**more))


def test_another_window_s_lines_leave_what_is_kept_for_this_one(hall: Bench) -> None:
    """Also when nobody sits at the other."""
    person = serving(hall, "Z1", "Z")
    send(hall, person, "Z1", "A", "2")
    hall.do(seats.close_window, "3", "clerk-3")

    hall.do(supervising.set_lines, "3", ["B"], [])

    assert ticket(hall.store, person["id"])["target_window"] == "2"


def test_a_letter_that_is_given_twice_counts_once(hall: Bench) -> None:
    hall.issue("A")

    window = hall.do(supervising.set_lines, "1", ["A", "A"], ["B", "B"])["window"]
    called = hall.call("1")

    assert (window["lines"], window["secondary"]) == (["A"], ["B"])
    assert called is not None
    assert called["because"]["runner_up"] is None, "nobody is one's own runner-up"


def test_a_later_stop_is_not_kept_for_a_clerk_who_serves_the_line_no_more(hall: Bench) -> None:
    person = serving(hall)
    send(hall, person, "1", "B", then=[{"line": "A", "clerk": "clerk-2"}])
    hall.call("3")
    hall.do(counters.start, person["id"], "clerk-3")
    hall.do(supervising.set_lines, "2", ["B"], [])
    hall.do(counters.finish, person["id"], "clerk-3")

    called = hall.call("1")

    assert called is not None
    assert called["id"] == person["id"]


def test_a_ticket_is_not_kept_for_a_clerk_at_another_window(hall: Bench) -> None:
    person = serving(hall, "Z1", "Z")
    with refused(hall, ClerkElsewhere, window="2"):
        send(hall, person, "Z1", "A", "1", clerk="clerk-2")
    send(hall, person, "Z1", "A", "2", clerk="clerk-2")


def test_a_later_stop_follows_its_clerk_to_another_window(hall: Bench) -> None:
    person = serving(hall)
    send(hall, person, "1", "B", then=[{"line": "A", "window": "2", "clerk": "clerk-2"}])
    hall.call("3")
    hall.do(counters.start, person["id"], "clerk-3")
    hall.do(seats.close_window, "1", "clerk-1")
    hall.do(seats.open_window, "1", "clerk-2", True)
    hall.sit("2", "clerk-5")
    hall.do(counters.finish, person["id"], "clerk-3")

    kept = ticket(hall.store, person["id"])
    assert (kept["target_window"], kept["target_clerk"]) == (None, "clerk-2")


def test_a_service_that_has_not_begun_cannot_be_finished_also_with_stops_left(hall: Bench) -> None:
    person = serving(hall)
    send(hall, person, "1", "B", then=[{"line": "A"}])
    hall.call("3")

    with refused(hall, IllegalMove):
        hall.do(counters.finish, person["id"], "clerk-3")
    with refused(hall, IllegalMove):
        hall.do(counters.call_next, "3", "clerk-3", person["id"])


def test_a_finish_that_is_taken_back_keeps_nobody_for_a_window_that_has_closed(hall: Bench) -> None:
    person = serving(hall, "Z1", "Z")
    send(hall, person, "Z1", "A", "1")
    hall.call("1")
    hall.do(counters.miss, person["id"], "clerk-1")
    hall.do(counters.call_directly, person["id"], "2", "clerk-2")
    hall.do(counters.start, person["id"], "clerk-2")
    hall.do(counters.finish, person["id"], "clerk-2")
    hall.do(seats.close_window, "1", "clerk-1")
    hall.do(counters.undo_finish, person["id"], "clerk-2")
    hall.do(parking.park, person["id"], "clerk-2", "papers")
    hall.do(parking.come_back, person["id"])

    called = hall.call("2")

    assert called is not None
    assert called["id"] == person["id"]


def test_people_who_are_moved_keep_the_turn_they_have(hall: Bench) -> None:
    """Also who was missed, or put first: the move is the hall's wish, and changes nobody's place."""
    missed, *others = [hall.issue("A") for _ in range(5)]
    hall.call("1")
    hall.do(counters.miss, missed["id"], "clerk-1")
    hall.do(counters.reinstate, missed["id"])
    first = others[3]
    hall.do(supervising.promote, first["id"], "illness", None, "supervisor")
    turns = {one["id"]: ticket(hall.store, one["id"])["turn_at"] for one in (missed, *others)}

    hall.do(transfers.move_waiting, "A", "B")

    assert {one["id"]: ticket(hall.store, one["id"])["turn_at"] for one in (missed, *others)} == turns
    called = hall.call("3")
    assert called is not None
    assert (called["id"], called["because"]["promoted"]) == (first["id"], "illness")
    assert visit(hall.store, first["id"], 2)["turn_at"] == turns[first["id"]]
    assert faults(hall.store) == []
