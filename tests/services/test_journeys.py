"""A person goes through several lines under one number, and is kept for a window or a clerk."""

from typing import Any

import pytest

from queue_server.domain.errors import LineClosed, SameLine, TooManyStops, UnknownClerk, WindowClosed
from queue_server.services import counters, seats, supervising, transfers
from queue_server.services.transfers import Journey
from tests.services.looking import faults, refused, ticket, types, visit
from tests.support.halls import Bench

B_AT_3 = {"line": "B", "window": "3"}


def serving(hall: Bench, window: str = "1", line: str = "A") -> dict[str, Any]:
    person = hall.issue(line)
    called = hall.call(window)
    assert called is not None
    assert called["id"] == person["id"]
    hall.do(counters.start, person["id"], f"clerk-{window}")
    return person


def called_at(hall: Bench, window: str) -> str | None:
    called = hall.call(window)
    return called and str(called["number"])


def test_a_person_comes_back_to_the_window_that_sent_them(hall: Bench) -> None:
    person = serving(hall)
    hall.do(transfers.transfer, person["id"], "clerk-1", "B", journey=Journey(come_back=True))
    rival = hall.issue("A")
    hall.clock.forward(minutes=3)
    assert called_at(hall, "3") == person["number"]
    hall.do(counters.start, person["id"], "clerk-3")

    answer = hall.do(counters.finish, person["id"], "clerk-3")["ticket"]

    assert (answer["state"], answer["line"], answer["target_window"]) == ("waiting", "A", "1")
    assert called_at(hall, "2") == rival["number"], "kept for window 1, though it came earlier"
    assert called_at(hall, "1") == person["number"]
    hall.do(counters.start, person["id"], "clerk-1")
    assert hall.do(counters.finish, person["id"], "clerk-1")["ticket"]["state"] == "done"
    stays = [visit(hall.store, person["id"], n) for n in (1, 2, 3)]
    assert [(stay["line"], stay["outcome"]) for stay in stays] == [
        ("A", "transferred"),
        ("B", "transferred"),
        ("A", "done"),
    ]
    assert faults(hall.store) == []


def test_several_services_follow_one_another(hall: Bench) -> None:
    person = serving(hall, "Z1", "Z")
    journey = Journey(then=[B_AT_3, {"line": "A"}])
    hall.do(transfers.transfer, person["id"], "clerk-Z1", "A", journey=journey)
    went = []
    for window in ("1", "3", "2"):
        assert called_at(hall, window) == person["number"]
        hall.do(counters.start, person["id"], f"clerk-{window}")
        went.append(hall.do(counters.finish, person["id"], f"clerk-{window}")["ticket"]["state"])

    assert went == ["waiting", "waiting", "done"]
    assert ticket(hall.store, person["id"])["stops"] is None
    assert faults(hall.store) == []


def test_one_press_sends_the_person_on_and_calls_the_next(hall: Bench) -> None:
    person = serving(hall)
    hall.do(transfers.transfer, person["id"], "clerk-1", "B", journey=Journey(then=[{"line": "A"}]))
    hall.call("3")
    hall.do(counters.start, person["id"], "clerk-3")
    hall.issue("B")

    answer = hall.do(counters.call_next, "3", "clerk-3", person["id"])

    assert answer["finished"]["state"] == "waiting"
    assert answer["finished"]["line"] == "A"
    assert answer["ticket"]["line"] == "B"


def test_a_ticket_kept_for_a_clerk_is_called_wherever_that_clerk_sits(hall: Bench) -> None:
    person = serving(hall, "Z1", "Z")
    hall.do(transfers.transfer, person["id"], "clerk-Z1", "A", journey=Journey(clerk="clerk-2"))

    assert called_at(hall, "1") is None
    assert called_at(hall, "2") == person["number"]


@pytest.mark.parametrize("kept", [{"window": "2"}, {"journey": Journey(clerk="clerk-2")}])
def test_what_was_kept_is_the_line_s_again_when_nobody_sits_there(hall: Bench, kept: dict[str, Any]) -> None:
    person = serving(hall, "Z1", "Z")
    hall.do(transfers.transfer, person["id"], "clerk-Z1", "A", **kept)
    hall.do(seats.close_window, "2", "clerk-2")

    assert called_at(hall, "1") == person["number"]


def test_a_later_stop_whose_window_has_closed_is_the_line_s(hall: Bench) -> None:
    person = serving(hall)
    hall.do(transfers.transfer, person["id"], "clerk-1", "B", journey=Journey(come_back=True))
    hall.call("3")
    hall.do(counters.start, person["id"], "clerk-3")
    hall.do(seats.close_window, "1", "clerk-1")
    hall.do(counters.finish, person["id"], "clerk-3")

    assert called_at(hall, "2") == person["number"]


def test_a_wrong_line_is_told_apart_from_a_hand_off(hall: Bench) -> None:
    person = serving(hall)
    hall.do(transfers.transfer, person["id"], "clerk-1", "B", journey=Journey(wrong=True))
    assert visit(hall.store, person["id"])["outcome"] == "wrong_line"


def test_what_cannot_be_kept_is_refused_and_changes_nothing(hall: Bench) -> None:
    person = serving(hall)

    def send(line: str, **more: Any) -> None:
        hall.do(transfers.transfer, person["id"], "clerk-1", line, journey=Journey(**more))

    with refused(hall, UnknownClerk):
        send("B", clerk="nobody")
    with refused(hall, LineClosed, line="B", window="2"):
        send("B", clerk="clerk-2")
    with refused(hall, SameLine):
        send("A", then=[B_AT_3])
    with refused(hall, TooManyStops, most=8):
        send("B", then=[B_AT_3] * 8)
    hall.do(seats.close_window, "3", "clerk-3")
    with refused(hall, WindowClosed):
        send("A", then=[B_AT_3])


def test_a_line_s_people_go_on_waiting_in_another_with_their_turn(hall: Bench) -> None:
    first, second = hall.issue("A"), hall.issue("A")
    hall.clock.forward(minutes=5)
    other = hall.issue("B")

    answer = hall.do(transfers.move_waiting, "A", "B")

    assert answer["moved"] == [first["number"], second["number"]]
    assert answer["left"] == 0
    assert [called_at(hall, "3")] == [first["number"]]
    hall.do(counters.miss, first["id"], "clerk-3")
    assert [called_at(hall, "3")] == [second["number"]]
    assert visit(hall.store, first["id"])["outcome"] == "moved"
    assert other["number"] == "B001"
    assert faults(hall.store) == []


def test_moving_nobody_writes_nothing(hall: Bench) -> None:
    before = len(types(hall.store))
    assert hall.do(transfers.move_waiting, "A", "B")["moved"] == []
    assert len(types(hall.store)) == before
    hall.do(supervising.close_line, "B")
    with refused(hall, LineClosed):
        hall.do(transfers.move_waiting, "A", "B")
    with refused(hall, SameLine):
        hall.do(transfers.move_waiting, "A", "A")


def test_people_are_moved_a_portion_an_order_first_ones_first(hall: Bench) -> None:
    numbers = [hall.issue("A")["number"] for _ in range(transfers.PORTION + 3)]

    first = hall.do(transfers.move_waiting, "A", "B")
    rest = hall.do(transfers.move_waiting, "A", "B")

    assert (len(first["moved"]), first["left"], len(rest["moved"]), rest["left"]) == (transfers.PORTION, 3, 3, 0)
    assert first["moved"] + rest["moved"] == numbers
