"""Giving numbers."""

import pytest

from queue_server.domain.errors import DayNotOpen, IssuingClosed, LineClosed, NumbersExhausted, UnknownLine
from queue_server.domain.numbering import TicketClass
from queue_server.domain.series import Series
from queue_server.domain.window import Line
from queue_server.services import days, intake
from queue_server.store import tables
from tests.services.looking import faults, refused, rows
from tests.support.halls import Bench

ORDINARY, CARE = TicketClass.ORDINARY, TicketClass.CARE


def test_numbers_are_gap_free_per_line_and_shared_by_the_classes(hall: Bench) -> None:
    wanted = [("A", ORDINARY), ("A", CARE), ("B", CARE), ("A", ORDINARY), ("Z", ORDINARY), ("B", ORDINARY)]

    given = [hall.issue(line, ticket_class)["number"] for line, ticket_class in wanted]

    assert given == ["A001", "VA002", "VB001", "A003", "Z001", "B002"]
    assert [row["ordinal"] for row in rows(hall.store, tables.tickets)] == [1, 2, 3, 4, 5, 6]
    assert faults(hall.store) == []


def test_a_refused_issue_leaves_no_gap(hall: Bench) -> None:
    hall.issue()
    hall.clock.at("18:00")
    with refused(hall, IssuingClosed):
        hall.do(intake.issue, "A", ORDINARY, "kiosk")

    assert hall.issue()["number"] == "A002", "staff may issue as long as the day is open"


def test_a_kiosk_learns_no_more_than_the_slip_says(hall: Bench) -> None:
    hall.issue()
    answer = hall.do(intake.issue, "A", CARE, "kiosk")

    assert answer["ticket"].keys() == {"id", "number", "line", "state", "window", "class", "issued_at"}
    assert answer["ahead"] == 0, "care counts as come fifteen minutes earlier"
    assert hall.do(intake.issue, "A", ORDINARY, "kiosk")["ahead"] == 2


@pytest.mark.parametrize(
    "line", ["X", "a", "V", pytest.param("A' OR 1=1 --", id="injection"), pytest.param("", id="empty")]
)
def test_an_unknown_line_gives_no_number(hall: Bench, line: str) -> None:
    with refused(hall, UnknownLine, line=line):
        hall.issue(line)


def test_a_closed_line_takes_nobody(hall: Bench) -> None:
    with hall.uow() as uow:
        line = uow.find(Line, letter="B")
        assert line is not None
        line.open = False
        uow.record("line.closed", line)

    with refused(hall, LineClosed, line="B"):
        hall.issue("B")
    assert hall.issue("A")["number"] == "A001"


def test_no_number_is_given_before_the_day_opens_and_after_it_closed(bench: Bench) -> None:
    with refused(bench, DayNotOpen):
        bench.issue()
    bench.open_day()
    assert bench.issue()["number"] == "A001"

    bench.do(days.begin_close, force=False)
    with refused(bench, DayNotOpen, state="closing"):
        bench.issue()
    days.finish_close(bench.uow)
    with refused(bench, DayNotOpen, state="closed"):
        bench.issue()


def test_a_line_stops_at_its_last_number_and_the_others_go_on(hall: Bench) -> None:
    with hall.uow() as uow:
        series = Series("test", hall.clock.now.date(), "A", 9998)
        uow.record("line.used", series)

    assert hall.issue()["number"] == "A9999"
    with refused(hall, NumbersExhausted, line="A"):
        hall.issue()
    assert hall.issue("B")["number"] == "B001"
