"""One clerk at one window, and what a window may do."""

from queue_server.domain.errors import (
    ClerkElsewhere,
    DayNotOpen,
    NotYourWindow,
    UnknownWindow,
    WindowBusy,
    WindowClosed,
    WindowNotPaused,
    WindowPaused,
    WindowTaken,
)
from queue_server.domain.window import PauseReason
from queue_server.services import seats
from queue_server.store import tables
from tests.services.looking import faults, refused, rows
from tests.support.halls import Bench


def test_two_clerks_never_sit_at_one_window_nor_one_clerk_at_two(hall: Bench) -> None:
    with refused(hall, WindowTaken, window="1"):
        hall.sit("1", "wang")
    with refused(hall, ClerkElsewhere, window="1"):
        hall.sit("1", "clerk-1")
    hall.do(seats.close_window, "2", "clerk-2")
    with refused(hall, ClerkElsewhere, window="1"):
        hall.sit("2", "clerk-1")
    with refused(hall, UnknownWindow, window="99"):
        hall.sit("99", "wang")

    hall.do(seats.close_window, "1", "clerk-1")
    hall.sit("2", "clerk-1")
    assert rows(hall.store, tables.windows, code="2")[0]["clerk"] == "clerk-1"
    assert faults(hall.store) == []


def test_a_session_lasts_from_sitting_down_to_leaving(hall: Bench) -> None:
    opened = hall.clock.now
    hall.clock.forward(hours=3)
    hall.do(seats.close_window, "1", "clerk-1")

    session = rows(hall.store, tables.clerk_sessions, clerk="clerk-1")
    assert [(row["opened_at"], row["closed_at"]) for row in session] == [(opened, hall.clock.now)]


def test_a_window_that_holds_a_person_neither_pauses_nor_closes(hall: Bench) -> None:
    held = hall.issue()
    hall.call()

    with refused(hall, WindowBusy, ticket=held["number"]):
        hall.do(seats.pause, "1", "clerk-1", PauseReason.MEAL)
    with refused(hall, WindowBusy):
        hall.do(seats.close_window, "1", "clerk-1")
    with refused(hall, WindowBusy):
        hall.do(seats.close_window, "1", None)


def test_only_its_clerk_or_a_supervisor_pauses_resumes_and_closes_a_window(hall: Bench) -> None:
    with refused(hall, NotYourWindow):
        hall.do(seats.pause, "1", "clerk-2", PauseReason.MEAL)
    with refused(hall, WindowNotPaused):
        hall.do(seats.resume, "1", "clerk-1")
    hall.do(seats.pause, "1", None, PauseReason.MEAL)
    with refused(hall, WindowPaused):
        hall.do(seats.pause, "1", "clerk-1", PauseReason.REST)
    with refused(hall, NotYourWindow):
        hall.do(seats.resume, "1", "clerk-2")
    hall.do(seats.resume, "1", None)
    hall.do(seats.close_window, "1", None)

    with refused(hall, WindowClosed):
        hall.do(seats.close_window, "1", None)
    with refused(hall, WindowClosed):
        hall.do(seats.resume, "1", "clerk-1")


def test_nobody_sits_down_before_the_day_is_open(bench: Bench) -> None:
    with refused(bench, DayNotOpen):
        bench.sit("1")
