"""The business day: closing in portions, interrupted closes, opening again."""

from datetime import date
from typing import Any

import pytest

from queue_server.domain.errors import DayAlreadyOpen, DayNotOpen, TicketOfAnotherDay, TicketsInService
from queue_server.services import counters, days
from queue_server.services.report import DayReport
from queue_server.store import tables
from tests.services.looking import events, faults, refused, rows, ticket
from tests.support.halls import HALL, Bench


def figures(hall: Bench) -> dict[str, Any]:
    with hall.store.reading() as connection:
        report = DayReport.going_on(connection, None, HALL, None)
        assert report is not None
        return report.figures(connection)


def fill(hall: Bench) -> dict[str, str]:
    """One ticket in each state that a close finds; state → id."""
    people = [hall.issue() for _ in range(5)]
    for place, verbs in enumerate([("miss",), ("start", "finish")]):
        hall.call("1")
        for verb in verbs:
            hall.do(getattr(counters, verb), people[place]["id"], "clerk-1")
    hall.call("1")
    hall.do(counters.start, people[2]["id"], "clerk-1")
    hall.call("2")
    return dict(zip(["missed", "done", "serving", "called", "waiting"], [one["id"] for one in people], strict=True))


def test_a_day_with_people_at_windows_closes_only_by_force(hall: Bench) -> None:
    fill(hall)

    with refused(hall, TicketsInService, count=2):
        hall.do(days.begin_close, force=False)
    hall.do(days.begin_close, force=True)
    with refused(hall, DayNotOpen, state="closing"):
        hall.call("3")


def test_a_close_ends_everybody_once_and_the_figures_say_how(hall: Bench) -> None:
    kept = fill(hall)
    hall.do(days.begin_close, force=True)
    days.finish_close(hall.uow)

    states = {state: ticket(hall.store, ticket_id)["state"] for state, ticket_id in kept.items()}
    counts = figures(hall)["hall"]

    assert states == {
        "missed": "expired",
        "done": "done",
        "serving": "unfinished",
        "called": "unfinished",
        "waiting": "expired",
    }
    wanted = {"issued": 5, "served": 1, "unfinished": 2, "expired": 1, "missed": 1, "abandoned": 2, "waiting": 0}
    assert {name: counts[name] for name in wanted} == wanted
    assert {row["state"] for row in rows(hall.store, tables.windows)} == {"closed"}
    assert all(row["closed_at"] for row in rows(hall.store, tables.clerk_sessions))
    assert faults(hall.store) == []


def test_a_close_ends_tickets_in_portions_so_that_the_lock_is_short(hall: Bench) -> None:
    for _ in range(days.PORTION + 1):
        hall.issue("B")
    hall.do(days.begin_close, force=False)

    assert hall.do(lambda uow: {"done": days.close_some(uow)})["done"] is False
    assert len(rows(hall.store, tables.tickets, state="expired")) == days.PORTION
    assert hall.do(lambda uow: {"done": days.close_some(uow)})["done"] is True
    assert len(rows(hall.store, tables.tickets, state="expired")) == days.PORTION + 1
    assert rows(hall.store, tables.days)[0]["state"] == "closed"


def test_an_interrupted_close_is_taken_up_by_the_timetable(hall: Bench) -> None:
    for _ in range(days.PORTION + 5):
        hall.issue("B")
    hall.do(days.begin_close, force=False)
    hall.do(lambda uow: {"done": days.close_some(uow)})

    days.keep_timetable(hall.uow)

    assert rows(hall.store, tables.days)[0]["state"] == "closed"
    assert rows(hall.store, tables.tickets, state="waiting") == []
    ended = [event for event in events(hall.store) if event.type == "ticket.expired"]
    assert len(ended) == days.PORTION + 5, "nobody is ended twice"
    assert faults(hall.store) == []


def test_a_day_opened_again_goes_on_numbering_and_keeps_the_ended_ended(hall: Bench) -> None:
    first = hall.issue()
    hall.do(days.begin_close, force=False)
    days.finish_close(hall.uow)
    hall.do(days.open_day)

    assert hall.issue()["number"] == "A002"
    assert ticket(hall.store, first["id"])["state"] == "expired"
    assert [row["ordinal"] for row in rows(hall.store, tables.tickets)] == [1, 2]
    with refused(hall, DayAlreadyOpen):
        hall.do(days.open_day)
    assert faults(hall.store) == []


def test_the_next_day_begins_with_001_and_yesterday_s_tickets_stay_there(hall: Bench) -> None:
    old = hall.issue()
    hall.call()
    hall.do(counters.miss, old["id"], "clerk-1")
    hall.clock.forward(days=1)

    days.keep_timetable(hall.uow)

    assert [row["state"] for row in rows(hall.store, tables.days)] == ["closed", "open"]
    hall.sit("1")
    with refused(hall, TicketOfAnotherDay, date="2026-11-24"):
        hall.do(counters.reinstate, old["id"])
    with refused(hall, TicketOfAnotherDay):
        hall.do(counters.call_directly, old["id"], "1", "clerk-1")
    with refused(hall, TicketOfAnotherDay):
        hall.do(counters.leave, old["id"], "greeter", anywhere=True)
    assert hall.issue()["number"] == "A001"
    assert faults(hall.store) == []


@pytest.mark.parametrize(("at", "state"), [("8:00", "open"), ("7:59", None)])
def test_the_timetable_opens_the_day_by_itself(bench: Bench, at: str, state: str | None) -> None:
    bench.clock.at(at)
    # The hall was founded at nine: its clock never runs backwards, so go to the next morning.
    bench.clock.forward(days=1)

    days.keep_timetable(bench.uow)

    found = [(row["state"], row["manual"], row["date"]) for row in rows(bench.store, tables.days)]
    assert found == ([(state, False, date(2026, 11, 25))] if state else [])


def test_the_timetable_forces_the_close_at_the_end_and_does_not_open_again(hall: Bench) -> None:
    fill(hall)
    hall.clock.at("18:30")

    days.keep_timetable(hall.uow)
    days.keep_timetable(hall.uow)

    assert [row["state"] for row in rows(hall.store, tables.days)] == ["closed"]
    assert [event.type for event in events(hall.store)].count("day.closed") == 1


def test_a_day_opened_again_after_hours_survives_the_timetable(hall: Bench) -> None:
    hall.clock.at("18:30")
    days.keep_timetable(hall.uow)
    hall.clock.at("19:00")
    hall.do(days.open_day)

    days.keep_timetable(hall.uow)

    assert rows(hall.store, tables.days)[0]["state"] == "open"
