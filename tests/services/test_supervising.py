"""Promotion, lines for today, a window's lines, skills, rules, abandoned windows, calls for help, ratings."""

from datetime import timedelta
from typing import Any

import pytest

from queue_server.domain.errors import (
    AlarmAccepted,
    AlarmEnded,
    AlreadyRated,
    ClerkElsewhere,
    IllegalMove,
    LineClosed,
    LineOpen,
    NotRateable,
    NotYourWindow,
    UnknownAlarm,
    UnknownClerk,
    UnknownLine,
    WindowBusy,
    WindowClosed,
)
from queue_server.services import access, alarms, counters, days, intake, ratings, seats, setup, supervising, transfers
from queue_server.store import people, tables
from tests.news.story import sign
from tests.services.looking import events, faults, refused, rows, types
from tests.support.halls import HALL, Bench


def number(called: dict[str, Any] | None) -> str | None:
    return called and str(called["number"])


def staff(hall: Bench, username: str = "wang") -> str:
    with hall.uow() as uow:
        return setup.add_member(uow, setup.NewMember(username, "王芳", "clerk", "no hash"))


def test_a_promoted_ticket_goes_first_and_the_call_says_why(hall: Bench) -> None:
    first, last = hall.issue(), hall.issue()

    answer = hall.do(supervising.promote, last["id"], "illness", "头晕", "boss")

    assert (answer["ahead"], answer["ticket"]["promoted"], answer["ticket"]["notes"]) == (0, "illness", 1)
    called = hall.call()
    assert called is not None
    assert (called["number"], called["because"]["promoted"]) == (last["number"], "illness")
    assert called["because"]["runner_up"]["number"] == first["number"]
    assert [event.content()["facts"] for event in events(hall.store) if event.type == "ticket.promoted"] == [
        {"reason": "illness"}
    ]
    with refused(hall, IllegalMove):
        hall.do(supervising.promote, last["id"], "illness", None, "boss")
    assert faults(hall.store) == []


def test_a_line_closed_for_today_gives_no_number_serves_who_waits_and_opens_with_the_next_day(hall: Bench) -> None:
    waiting = hall.issue("A")
    assert hall.do(supervising.close_line, "A")["waiting"] == 1
    with refused(hall, LineClosed):
        hall.issue("A")
    with refused(hall, LineClosed):
        hall.do(supervising.close_line, "A")
    assert number(hall.call()) == waiting["number"]

    hall.clock.forward(days=1)
    days.keep_timetable(hall.uow)
    assert hall.issue("A")["number"] == "A001"
    assert faults(hall.store) == []


def test_a_closed_line_opens_again_by_hand_also_when_the_day_is_opened_again(hall: Bench) -> None:
    hall.do(supervising.close_line, "B")
    days_over(hall)
    hall.do(days.open_day)
    with refused(hall, LineClosed):
        hall.issue("B")
    hall.do(supervising.open_line, "B")
    hall.issue("B")
    with refused(hall, LineOpen):
        hall.do(supervising.open_line, "B")


def days_over(hall: Bench) -> None:
    hall.do(days.begin_close, True)
    days.finish_close(hall.uow)


def test_a_window_s_lines_change_while_it_is_open(hall: Bench) -> None:
    person = hall.issue("B")
    assert hall.call("1") is None

    hall.do(supervising.set_lines, "1", ["A"], ["B", "A"])

    assert rows(hall.store, tables.windows, code="1")[0]["secondary"] == ["B"]
    assert number(hall.call("1")) == person["number"]
    with refused(hall, UnknownLine):
        hall.do(supervising.set_lines, "2", ["X"], [])
    assert faults(hall.store) == []


def test_skills_narrow_what_a_window_serves_from_the_next_sitting_down(hall: Bench) -> None:
    clerk = staff(hall)
    hall.do(seats.close_window, "3", "clerk-3")
    hall.do(supervising.set_skills, clerk, ["A", "A"])
    hall.do(seats.open_window, "3", clerk)
    hall.issue("B")
    helped = hall.issue("A")

    called = hall.do(counters.call_next, "3", clerk)["ticket"]

    assert called["number"] == helped["number"]
    assert called["because"]["lines"] == ["A"]
    assert called["because"]["added_s"] == 600, "its skill makes the line no more the window's own"
    hall.do(counters.leave, called["id"], clerk)
    hall.do(seats.close_window, "3", clerk)
    hall.do(supervising.set_skills, clerk, None)
    assert hall.do(seats.open_window, "3", clerk)["window"]["skills"] is None
    assert number(hall.do(counters.call_next, "3", clerk)["ticket"]) == "B001"
    with refused(hall, UnknownClerk):
        hall.do(supervising.set_skills, "f" * 32, None)
    assert faults(hall.store) == []


def test_what_the_log_says_of_skills_names_nobody(hall: Bench) -> None:
    clerk = staff(hall)
    hall.do(supervising.set_skills, clerk, ["A"])
    assert types(hall.store)[-1] == "staff.skills_changed"
    assert "王芳" not in "".join(event.data for event in events(hall.store))
    with hall.store.reading() as connection:
        assert people.skills(connection, clerk) == ["A"]


def test_only_what_differs_from_the_defaults_is_stored_of_the_rules(hall: Bench) -> None:
    assert hall.do(supervising.set_rules, {"recalls": 5})["rules"]["recalls"] == 5
    assert rows(hall.store, tables.halls, id=HALL)[0]["rules"] == {"recalls": 5}
    hall.do(supervising.set_rules, {"recalls": 3})
    assert rows(hall.store, tables.halls, id=HALL)[0]["rules"] is None
    assert faults(hall.store) == []


def test_an_abandoned_window_is_released_and_the_ticket_stays_for_whoever_sits_down_next(hall: Bench) -> None:
    person = hall.issue()
    hall.call()
    hall.do(counters.start, person["id"], "clerk-1")
    with refused(hall, WindowBusy):
        hall.do(seats.close_window, "1", None)

    assert hall.do(seats.release_window, "1")["window"]["state"] == "closed"

    with refused(hall, WindowClosed):
        hall.do(counters.finish, person["id"], "clerk-1")
    with refused(hall, WindowClosed):
        hall.do(seats.release_window, "1")
    hall.do(seats.open_window, "1", "somebody else")
    assert hall.do(counters.finish, person["id"], "somebody else")["ticket"]["state"] == "done"
    assert faults(hall.store) == []


def test_a_clerk_leaves_one_window_for_another_in_one_order(hall: Bench) -> None:
    hall.do(seats.close_window, "2", "clerk-2")
    with refused(hall, ClerkElsewhere):
        hall.do(seats.open_window, "2", "clerk-1")
    hall.do(seats.open_window, "2", "clerk-1", True)
    assert rows(hall.store, tables.windows, code="1")[0]["state"] == "closed"
    hall.issue()
    hall.do(counters.call_next, "2", "clerk-1")
    with refused(hall, WindowBusy):
        hall.do(seats.open_window, "1", "clerk-1", True)
    with refused(hall, ClerkElsewhere):
        hall.do(seats.open_window, "2", "clerk-1", True)
    assert faults(hall.store) == []


def test_help_is_called_once_accepted_by_one_and_ended(hall: Bench) -> None:
    with refused(hall, NotYourWindow):
        hall.do(alarms.call_for_help, "1", "clerk-2")
    alarm = hall.do(alarms.call_for_help, "1", "clerk-1")["alarm"]
    assert hall.do(alarms.call_for_help, "1", "clerk-1")["alarm"]["id"] == alarm["id"]

    hall.do(alarms.accept, alarm["id"], "clerk-2")

    with refused(hall, AlarmAccepted):
        hall.do(alarms.accept, alarm["id"], "clerk-3")
    assert hall.do(alarms.end, alarm["id"])["alarm"]["accepted_by"] == "clerk-2"
    for order in (alarms.end, lambda uow, one: alarms.accept(uow, one, "clerk-3")):
        with refused(hall, AlarmEnded):
            hall.do(order, alarm["id"])
    with refused(hall, UnknownAlarm):
        hall.do(alarms.end, "f" * 32)
    assert hall.do(alarms.call_for_help, "1", "clerk-1")["alarm"]["id"] != alarm["id"]
    assert types(hall.store).count("alarm.raised") == 2
    assert faults(hall.store) == []


def pad(hall: Bench, window: str | None = "1") -> str:
    made = hall.do(access.create_device, "pad", "评价器", sign, window)
    return str(made["device"]["id"])


def served(hall: Bench) -> dict[str, Any]:
    person = hall.serve()
    assert person is not None
    return person


def test_a_pad_rates_whoever_was_served_last_at_its_window_once(hall: Bench) -> None:
    hall.issue()
    device, person = pad(hall), served(hall)
    hall.clock.forward(minutes=9)

    assert hall.do(ratings.rate_at_window, "1", person["number"], 2, ["waiting"], device) == {"rated": person["number"]}

    [kept] = rows(hall.store, tables.ratings)
    assert (kept["level"], kept["reasons"], kept["window"], kept["clerk"], kept["channel"], kept["n"]) == (
        2,
        ["waiting"],
        "1",
        "clerk-1",
        "pad",
        1,
    )
    with refused(hall, AlreadyRated):
        hall.do(ratings.rate_at_window, "1", person["number"], 5, [], device)
    with refused(hall, AlreadyRated):
        hall.do(ratings.rate_by_link, person["id"], 5, [])
    assert faults(hall.store) == []


def test_a_pad_rates_neither_another_window_nor_another_number_nor_too_late(hall: Bench) -> None:
    hall.issue()
    device, nowhere, person = pad(hall), pad(hall, None), served(hall)
    with refused(hall, NotYourWindow):
        hall.do(ratings.rate_at_window, "2", person["number"], 5, [], device)
    with refused(hall, NotYourWindow):
        hall.do(ratings.rate_at_window, "1", person["number"], 5, [], nowhere)
    with refused(hall, NotRateable):
        hall.do(ratings.rate_at_window, "1", "A999", 5, [], device)
    hall.clock.forward(minutes=11)
    with refused(hall, NotRateable):
        hall.do(ratings.rate_at_window, "1", person["number"], 5, [], device)


def test_a_hall_that_asks_for_no_rating_takes_none(hall: Bench) -> None:
    hall.issue()
    person = served(hall)
    hall.do(supervising.set_rules, {"rating": False})
    with refused(hall, NotRateable):
        hall.do(ratings.rate_by_link, person["id"], 5, [])


def test_a_link_rates_while_its_day_is_the_latest_and_only_who_was_served(hall: Bench) -> None:
    waiting = hall.issue()
    with refused(hall, NotRateable):
        hall.do(ratings.rate_by_link, waiting["id"], 5, [])
    person = served(hall)
    hall.clock.forward(hours=12)
    days.keep_timetable(hall.uow)
    hall.do(ratings.rate_by_link, person["id"], 4, [])

    hall.clock.forward(hours=12)
    days.keep_timetable(hall.uow)
    other = hall.do(intake.issue, "A", "ordinary", "staff")["ticket"]
    assert other["number"] == "A001"
    with refused(hall, NotRateable):
        hall.do(ratings.rate_by_link, waiting["id"], 4, [])


@pytest.mark.parametrize("minutes", [0, 10])
def test_a_pad_takes_the_rating_of_somebody_still_in_service(hall: Bench, minutes: int) -> None:
    device, person = pad(hall), hall.issue()
    hall.call()
    hall.do(counters.start, person["id"], "clerk-1")
    hall.clock.now += timedelta(minutes=minutes)
    hall.do(ratings.rate_at_window, "1", person["number"], 5, [], device)


def test_who_was_put_first_and_did_not_come_is_not_called_as_promoted_again(hall: Bench) -> None:
    """The next call says so, and no other: back in line the place is that of everybody who was missed."""
    _, person = hall.issue(), hall.issue()
    hall.do(supervising.promote, person["id"], "illness", None, "supervisor")
    called = hall.call()
    assert called is not None
    assert called["because"]["promoted"] == "illness"
    hall.do(counters.miss, person["id"], "clerk-1")
    hall.do(counters.reinstate, person["id"])
    hall.serve("2")

    again = hall.call("2")

    assert again is not None
    assert again["id"] == person["id"]
    assert "promoted" not in again["because"]


def test_a_pad_rates_the_visit_at_its_window_also_when_the_next_has_begun_elsewhere(hall: Bench) -> None:
    pad = hall.do(access.create_device, "pad", "评价器", sign, "1")["device"]["id"]
    person = hall.issue()
    hall.call()
    hall.do(counters.start, person["id"], "clerk-1")
    hall.do(transfers.transfer, person["id"], "clerk-1", "B")
    hall.call("3")
    hall.do(counters.start, person["id"], "clerk-3")

    hall.do(ratings.rate_at_window, "1", person["number"], 2, [], pad)

    [rating] = rows(hall.store, tables.ratings)
    assert (rating["n"], rating["window"], rating["clerk"], rating["line"]) == (1, "1", "clerk-1", "A")


def test_a_pad_knows_who_came_last_while_the_hall_s_clock_stands(hall: Bench) -> None:
    pad = hall.do(access.create_device, "pad", "评价器", sign, "1")["device"]["id"]
    people = [hall.issue() for _ in range(5)]
    for person in people:
        hall.serve()
        hall.do(ratings.rate_at_window, "1", person["number"], 5, [], pad)

    assert len(rows(hall.store, tables.ratings)) == len(people)
