"""Set aside and back the same day; a finish taken back; cases; reasons."""

from datetime import timedelta
from typing import Any

import pytest

from queue_server.domain.errors import (
    ChoosingNotAllowed,
    IllegalMove,
    LineClosed,
    NotYourWindow,
    RecalledTooOften,
    TooLateToUndo,
    UnknownService,
    WindowClosed,
    WindowPaused,
)
from queue_server.domain.window import PauseReason
from queue_server.services import counters, days, parking, seats, supervising
from queue_server.services.report import DayReport
from tests.services.looking import faults, refused, ticket, visit, window
from tests.support.halls import HALL, Bench


def serving(hall: Bench, window: str = "1") -> dict[str, Any]:
    person = hall.issue("B" if window == "3" else "A")
    hall.call(window)
    hall.do(counters.start, person["id"], f"clerk-{window}")
    return person


def test_a_parked_person_frees_the_window_and_keeps_the_number(hall: Bench) -> None:
    person, behind = serving(hall), hall.issue()
    answer = hall.do(parking.park, person["id"], "clerk-1", "papers", 30, "缺户口簿")["ticket"]

    assert (answer["state"], answer["window"], answer["notes"]) == ("parked", None, 1)
    assert ticket(hall.store, person["id"])["return_at"] == hall.clock.now + timedelta(minutes=30)
    assert (stay := visit(hall.store, person["id"]))["outcome"] == "parked"
    assert stay["reason"] == "papers"
    assert (called := hall.call()) is not None
    assert called["number"] == behind["number"]


@pytest.mark.parametrize(("away", "counts_as"), [(3, 0), (45, 35)])
def test_whoever_comes_back_counts_as_come_ten_minutes_ago_at_most(hall: Bench, away: int, counts_as: int) -> None:
    """max(old turn, now − 10 min), without further credit."""
    person = serving(hall)
    issued = hall.clock.now
    hall.do(parking.park, person["id"], "clerk-1", "form")
    hall.clock.forward(minutes=away)

    answer = hall.do(parking.come_back, person["id"])

    expected = max(issued, hall.clock.now - timedelta(minutes=10))
    assert expected == issued + timedelta(minutes=counts_as)
    assert ticket(hall.store, person["id"])["turn_at"] == expected
    assert (answer["ticket"]["state"], answer["ticket"]["return_at"], answer["ahead"]) == ("waiting", None, 0)
    assert visit(hall.store, person["id"], 2)["joined_at"] == hall.clock.now
    assert faults(hall.store) == []


def test_only_somebody_in_service_is_parked_and_only_a_parked_one_comes_back(hall: Bench) -> None:
    person = hall.issue()
    hall.call()
    with refused(hall, IllegalMove, state="called"):
        hall.do(parking.park, person["id"], "clerk-1", "papers")
    with refused(hall, IllegalMove, state="called"):
        hall.do(parking.come_back, person["id"])
    hall.do(counters.start, person["id"], "clerk-1")
    with refused(hall, NotYourWindow):
        hall.do(parking.park, person["id"], "clerk-2", "papers")


def test_a_parked_person_who_never_comes_back_stays_parked_in_the_figures(hall: Bench) -> None:
    person = serving(hall)
    hall.do(parking.park, person["id"], "clerk-1", "papers")
    hall.clock.at("18:31")
    days.keep_timetable(hall.uow)

    assert ticket(hall.store, person["id"])["state"] == "expired"
    assert visit(hall.store, person["id"])["outcome"] == "parked"
    assert faults(hall.store) == []


def test_a_mistaken_finish_is_taken_back(hall: Bench) -> None:
    person = serving(hall)
    hall.clock.forward(minutes=8)
    hall.do(counters.finish, person["id"], "clerk-1", "incomplete")
    hall.clock.forward(seconds=10)

    answer = hall.do(counters.undo_finish, person["id"], "clerk-1")["ticket"]

    assert (answer["state"], answer["window"], answer["ended_at"]) == ("serving", "1", None)
    assert visit(hall.store, person["id"])["outcome"] is None
    assert faults(hall.store) == []
    hall.do(counters.finish, person["id"], "clerk-1")
    assert faults(hall.store) == []


def test_a_finish_is_not_taken_back_too_late_nor_after_the_next_call_nor_by_another(hall: Bench) -> None:
    person = serving(hall)
    hall.do(counters.finish, person["id"], "clerk-1")
    with refused(hall, NotYourWindow):
        hall.do(counters.undo_finish, person["id"], "clerk-2")
    hall.clock.forward(seconds=11)
    with refused(hall, TooLateToUndo):
        hall.do(counters.undo_finish, person["id"], "clerk-1")

    again, _ = serving(hall), hall.issue()
    hall.do(counters.call_next, "1", "clerk-1", again["id"])
    with refused(hall, TooLateToUndo, ticket=again["number"]):
        hall.do(counters.undo_finish, again["id"], "clerk-1")


def test_a_finish_is_not_taken_back_at_a_paused_window(hall: Bench) -> None:
    """A pause would count as handling."""
    person = serving(hall)
    hall.do(counters.finish, person["id"], "clerk-1")
    hall.do(seats.pause, "1", "clerk-1", PauseReason.REST)
    with refused(hall, WindowPaused):
        hall.do(counters.undo_finish, person["id"], "clerk-1")


def test_one_press_finishes_with_a_result(hall: Bench) -> None:
    person = serving(hall)
    hall.do(counters.call_next, "1", "clerk-1", person["id"], "incomplete")
    assert visit(hall.store, person["id"])["result"] == "incomplete"


def test_more_cases_on_one_ticket_are_counted_with_their_services(hall: Bench) -> None:
    person = serving(hall)
    assert hall.do(counters.add_case, person["id"], "clerk-1")["cases"] == 2
    with refused(hall, UnknownService, service="X99"):
        hall.do(counters.add_case, person["id"], "clerk-1", "X99")
    hall.add_services()
    assert hall.do(counters.add_case, person["id"], "clerk-1", "A01")["cases"] == 3
    assert visit(hall.store, person["id"])["services"] == ["A01"]
    hall.do(counters.finish, person["id"], "clerk-1", "settled")
    assert visit(hall.store, person["id"])["result"] == "settled"
    with refused(hall, IllegalMove):
        hall.do(counters.add_case, person["id"], "clerk-1")


def test_a_ticket_is_called_again_as_often_as_the_hall_allows(hall: Bench) -> None:
    person = hall.issue()
    hall.call()
    for _ in range(3):
        hall.do(counters.recall, person["id"], "clerk-1")
    with refused(hall, RecalledTooOften, count=3):
        hall.do(counters.recall, person["id"], "clerk-1")
    hall.do(supervising.set_rules, {"recalls": 4})
    hall.do(counters.recall, person["id"], "clerk-1")


def test_why_somebody_was_missed_is_kept(hall: Bench) -> None:
    person = hall.issue()
    hall.call()
    hall.do(counters.miss, person["id"], "clerk-1", "gone")
    assert visit(hall.store, person["id"])["reason"] == "gone"


def test_a_clerk_chooses_only_where_the_hall_allows_it_and_the_call_says_so(hall: Bench) -> None:
    first, second, elsewhere = hall.issue(), hall.issue(), hall.issue("B")
    with refused(hall, ChoosingNotAllowed):
        hall.do(counters.call_chosen, "1", "clerk-1", second["id"], "illness")
    hall.do(supervising.set_rules, {"choose": True})
    with refused(hall, LineClosed):
        hall.do(counters.call_chosen, "1", "clerk-1", elsewhere["id"], "illness")

    because = hall.do(counters.call_chosen, "1", "clerk-1", second["id"], "illness")["ticket"]["because"]

    assert because["chosen"] == "illness"
    assert because["runner_up"]["number"] == first["number"], "whose turn it was"


def test_a_finish_is_taken_back_by_who_finished_also_when_another_had_called(hall: Bench) -> None:
    person = serving(hall)
    hall.do(seats.release_window, "1")
    hall.sit("1", "clerk-5")
    hall.do(counters.finish, person["id"], "clerk-5")

    hall.do(counters.undo_finish, person["id"], "clerk-5")

    assert (row := window(hall.store, "1"))["served"] == 0
    assert row["handling_s"] == 0


def test_a_finish_is_not_taken_back_after_the_clerk_sat_down_anew_nor_while_the_window_rests(hall: Bench) -> None:
    """The new sitting has finished nobody, and a pause is never handling time."""
    person = serving(hall)
    hall.do(counters.finish, person["id"], "clerk-1")
    hall.do(seats.pause, "1", "clerk-1", PauseReason.REST)
    with refused(hall, WindowPaused):
        hall.do(counters.undo_finish, person["id"], "clerk-1")
    hall.do(seats.close_window, "1", "clerk-1")
    for clerk, refusal in (("clerk-1", WindowClosed), (None, TooLateToUndo)):
        with refused(hall, refusal):
            hall.do(counters.undo_finish, person["id"], clerk)
    hall.sit("1")
    for clerk in ("clerk-1", None):
        with refused(hall, TooLateToUndo):
            hall.do(counters.undo_finish, person["id"], clerk)


def test_who_came_back_is_not_parked_in_the_line_s_figures(hall: Bench) -> None:
    person = serving(hall)
    hall.do(parking.park, person["id"], "clerk-1", "papers")
    hall.do(parking.come_back, person["id"])
    with hall.store.reading() as connection:
        shown = DayReport.going_on(connection, None, HALL, None)
        assert shown is not None
        line = shown.figures(connection)["lines"]["A"]
    assert (line["parked"], line["waiting"], line["issued"], line["joined"]) == (0, 1, 1, 2)
