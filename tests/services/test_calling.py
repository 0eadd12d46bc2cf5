"""Calling on each real database."""

from queue_server.domain.numbering import TicketClass
from tests.support.halls import Bench


def test_first_come_is_first_called(hall: Bench) -> None:
    numbers = []
    for minute in range(3):
        hall.clock.at(f"9:0{minute}")
        numbers.append(hall.issue()["number"])

    assert [hall.serve()["number"] for _ in range(3)] == numbers == ["A001", "A002", "A003"]
    assert hall.call() is None


def test_care_is_a_head_start_and_not_a_right_to_every_call(hall: Bench) -> None:
    hall.clock.at("9:01")
    just_outside = hall.issue()["number"]
    hall.clock.at("9:03")
    just_inside = hall.issue()["number"]
    hall.clock.at("9:17")
    care = hall.issue(ticket_class=TicketClass.CARE)["number"]

    assert [hall.serve()["number"] for _ in range(3)] == [just_outside, care, just_inside]
