"""One press a person: a hall that asks for no arrival."""

from datetime import timedelta
from typing import Any

from queue_server.domain.errors import IllegalMove, TooSoon
from queue_server.domain.ticket import ONE_PRESS_AFTER
from queue_server.services import counters, supervising, transfers
from queue_server.services.report import DayReport
from tests.services.looking import faults, refused, seq, ticket, types, visit
from tests.support.halls import HALL, Bench


def without_arrivals(hall: Bench) -> None:
    hall.do(supervising.set_rules, {"arrival": False})


def report_of(hall: Bench) -> dict[str, Any]:
    with hall.store.reading() as connection:
        found = DayReport.going_on(connection, None, HALL, None)
        assert found is not None
        return found.figures(connection)


def called(hall: Bench) -> dict[str, Any]:
    hall.issue()
    person = hall.call()
    assert person is not None
    return person


def test_one_press_starts_finishes_and_calls_the_next(hall: Bench) -> None:
    without_arrivals(hall)
    first, second = called(hall), hall.issue()
    call_at, before, woken = hall.clock.now, seq(hall.store), hall.woken
    hall.clock.forward(minutes=4)

    answer = hall.do(counters.call_next, "1", "clerk-1", first["id"], "settled")

    assert (answer["finished"]["number"], answer["finished"]["state"]) == (first["number"], "done")
    assert answer["ticket"]["number"] == second["number"]
    assert types(hall.store, before) == ["ticket.started", "ticket.finished", "ticket.called"]
    assert hall.woken == woken + 1, "one order, one transaction, told once"
    stay = visit(hall.store, first["id"])
    assert (stay["started_at"], stay["ended_at"]) == (call_at, hall.clock.now)
    assert (stay["walk_at"], stay["outcome"], stay["result"]) == (None, "done", "settled")
    assert faults(hall.store) == []


def test_an_arrival_may_still_be_said_and_then_the_walk_is_measured(hall: Bench) -> None:
    without_arrivals(hall)
    person = called(hall)
    call_at = hall.clock.now
    hall.clock.forward(seconds=40)
    hall.do(counters.start, person["id"], "clerk-1")
    hall.clock.forward(minutes=5)
    hall.do(counters.finish, person["id"], "clerk-1")
    unseen = called(hall)
    hall.clock.forward(minutes=3)
    hall.do(counters.finish, unseen["id"], "clerk-1")

    report = report_of(hall)
    for figures in (report["hall"], report["lines"]["A"], report["windows"]["1"]):
        assert (figures["walk"]["n"], figures["walk"]["mean_s"]) == (1, 40.0), "the other walk is not known"
        assert (figures["handling"]["n"], figures["handling"]["mean_s"]) == (2, 240.0)
    assert visit(hall.store, person["id"])["walk_at"] == call_at
    assert faults(hall.store) == []


def test_the_walk_of_who_was_missed_counts_from_the_call_they_followed(hall: Bench) -> None:
    person = called(hall)
    hall.do(counters.miss, person["id"], "clerk-1")
    hall.clock.forward(minutes=20)
    hall.do(counters.call_directly, person["id"], "1", "clerk-1")
    hall.clock.forward(seconds=15)
    hall.do(counters.start, person["id"], "clerk-1")

    assert report_of(hall)["hall"]["walk"]["max_s"] == 15.0


def test_a_double_press_does_not_finish_the_person_called_a_moment_before(hall: Bench) -> None:
    without_arrivals(hall)
    person = called(hall)
    hall.clock.forward(seconds=ONE_PRESS_AFTER.total_seconds())
    hall.clock.now -= timedelta(microseconds=1)

    for order in (
        lambda: hall.do(counters.call_next, "1", "clerk-1", person["id"]),
        lambda: hall.do(counters.finish, person["id"], "clerk-1"),
    ):
        with refused(hall, TooSoon, ticket=person["number"], seconds=5):
            order()

    hall.clock.now += timedelta(microseconds=1)
    assert hall.do(counters.finish, person["id"], "clerk-1")["ticket"]["state"] == "done"


def test_a_recall_does_not_begin_the_five_seconds_again(hall: Bench) -> None:
    without_arrivals(hall)
    person = called(hall)
    hall.clock.forward(seconds=6)
    hall.do(counters.recall, person["id"], "clerk-1")

    assert hall.do(counters.finish, person["id"], "clerk-1")["ticket"]["state"] == "done"


def test_while_the_rule_is_on_only_who_has_come_is_finished(hall: Bench) -> None:
    person = called(hall)
    hall.clock.forward(minutes=1)

    with refused(hall, IllegalMove, ticket=person["number"], state="called", to="done"):
        hall.do(counters.finish, person["id"], "clerk-1")
    with refused(hall, IllegalMove, ticket=person["number"], state="called", to="done"):
        hall.do(counters.call_next, "1", "clerk-1", person["id"])


def test_a_finish_in_one_press_is_taken_back_to_being_in_service(hall: Bench) -> None:
    without_arrivals(hall)
    person = called(hall)
    call_at = hall.clock.now
    hall.clock.forward(minutes=2)
    hall.do(counters.finish, person["id"], "clerk-1")

    answer = hall.do(counters.undo_finish, person["id"], "clerk-1")

    assert answer["ticket"]["state"] == "serving"
    assert ticket(hall.store, person["id"])["started_at"] == call_at
    assert faults(hall.store) == []


def test_one_press_leads_on_along_a_journey(hall: Bench) -> None:
    person = called(hall)
    hall.do(counters.start, person["id"], "clerk-1")
    hall.do(transfers.transfer, person["id"], "clerk-1", "B", None, None, "clerk-1", transfers.Journey(come_back=True))
    without_arrivals(hall)
    hall.call("3")
    hall.clock.forward(minutes=3)

    answer = hall.do(counters.finish, person["id"], "clerk-3")

    assert (answer["ticket"]["state"], answer["ticket"]["line"]) == ("waiting", "A")
    stay = visit(hall.store, person["id"], 2)
    assert (stay["outcome"], (stay["ended_at"] - stay["started_at"]).total_seconds()) == ("transferred", 180)
    assert faults(hall.store) == []


def test_the_count_of_cases_is_in_the_snapshot_and_ends_with_the_stay(hall: Bench) -> None:
    person = called(hall)
    hall.do(counters.start, person["id"], "clerk-1")
    hall.do(counters.add_case, person["id"], "clerk-1")
    shown = hall.do(counters.add_case, person["id"], "clerk-1")

    assert (shown["cases"], shown["ticket"]["cases"]) == (3, 3)
    assert ticket(hall.store, person["id"])["cases"] == 3
    hall.do(transfers.transfer, person["id"], "clerk-1", "B")
    assert ticket(hall.store, person["id"])["cases"] is None
    assert faults(hall.store) == []
