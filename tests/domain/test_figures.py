"""The figures of a day."""

from typing import Any

import pytest

from queue_server.domain.figures import DayFigures, hall_wait, line_wait, nearest_rank, spread

MINUTE = 60_000_000
Row = dict[str, Any]


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, 1), (2, 2), (9, 9), (10, 9), (11, 10), (19, 18), (20, 18), (21, 19), (100, 90), (101, 91), (1000, 900)],
)
def test_the_p90_is_the_smallest_value_that_nine_tenths_do_not_exceed(count: int, expected: int) -> None:
    values = list(range(1, count + 1))
    found = nearest_rank(values, 0.9)

    assert found == expected
    assert 10 * sum(value <= found for value in values) >= 9 * count
    assert 10 * sum(value <= found - 1 for value in values) < 9 * count


def test_a_spread_of_nothing_says_nothing() -> None:
    assert spread([]) == {"n": 0, "mean_s": None, "median_s": None, "p90_s": None, "max_s": None}


def test_zero_waits_are_kept() -> None:
    assert spread([0, 0, 0, 4 * MINUTE]) == {"n": 4, "mean_s": 60.0, "median_s": 0.0, "p90_s": 240.0, "max_s": 240.0}


def test_the_median_of_an_even_number_is_the_mean_of_the_middle_two() -> None:
    assert spread([1_000_000, 2_000_000, 5_000_000, 9_000_000])["median_s"] == 3.5


def visit(ticket: str, n: int = 1, line: str = "A", **more: Any) -> Row:
    return {"ticket_id": ticket, "n": n, "line": line, "joined_at": 0} | more


def ticket(name: str, state: str, visits: int = 1, **more: Any) -> Row:
    return {"id": name, "state": state, "visit": visits, "reference_at": 0} | more


def figures(tickets: list[Row], visits: list[Row]) -> DayFigures:
    day = DayFigures()
    day.apply("tables", {"changes": {"tickets": tickets, "visits": visits}})
    return day


def test_a_person_missed_who_never_came_back_counts_as_missed_when_the_day_has_closed() -> None:
    missed = ticket("m", "expired", first_called_at=5 * MINUTE)
    day = figures([missed], [visit("m", called_at=5 * MINUTE, outcome="missed")])

    counts = day.hall()
    assert (counts["missed"], counts["expired"], counts["abandoned"], counts["called"]) == (1, 0, 1, 1)
    assert day.line("A")["missed"] == 1


def test_each_person_never_served_is_abandoned_once_by_the_last_reason() -> None:
    tickets = [ticket("l", "left"), ticket("e", "expired"), ticket("u", "unfinished"), ticket("w", "waiting")]
    visits = [visit("l", outcome="left"), visit("e", outcome="expired"), visit("u", outcome="unfinished"), visit("w")]

    counts = figures(tickets, visits).hall()

    assert {name: counts[name] for name in ("left", "expired", "unfinished", "waiting", "abandoned", "missed")} == {
        "left": 1,
        "expired": 1,
        "unfinished": 1,
        "waiting": 1,
        "abandoned": 2,
        "missed": 0,
    }


def test_a_transfer_is_one_ticket_and_two_visits() -> None:
    handed = ticket("t", "done", visits=2, first_called_at=2 * MINUTE)
    first = visit(
        "t", line="Z", called_at=2 * MINUTE, started_at=3 * MINUTE, ended_at=7 * MINUTE, outcome="transferred"
    )
    second = visit(
        "t",
        2,
        joined_at=7 * MINUTE,
        called_at=17 * MINUTE,
        started_at=18 * MINUTE,
        ended_at=20 * MINUTE,
        outcome="done",
    )
    day = figures([handed], [first, second])
    hall, zero, line = day.hall(), day.line("Z"), day.line("A")

    assert (hall["issued"], hall["served"], hall["transferred_in"], hall["transferred_out"]) == (1, 1, 1, 1)
    assert (hall["wait"]["n"], hall["wait"]["mean_s"]) == (1, 120)
    assert (zero["issued"], zero["joined"], zero["served"], zero["transferred_out"], zero["wait"]["mean_s"]) == (
        1, 1, 0, 1, 120,
    )  # fmt: skip
    assert (line["issued"], line["joined"], line["served"], line["transferred_in"], line["wait"]["mean_s"]) == (
        0, 1, 1, 1, 600,
    )  # fmt: skip
    assert hall["handling"] == {"n": 2, "mean_s": 180.0, "median_s": 180.0, "p90_s": 240.0, "max_s": 240.0}


def test_handling_counts_only_stays_that_were_started_and_handled() -> None:
    visits = [
        visit("a", called_at=0, started_at=0, ended_at=MINUTE, outcome="done"),
        visit("b", called_at=0, ended_at=MINUTE, outcome="wrong_line"),
        visit("c", called_at=0, started_at=0, ended_at=MINUTE, outcome="unfinished"),
        visit("d", called_at=0, started_at=0),
    ]
    states = {"a": "done", "b": "waiting", "c": "unfinished", "d": "serving"}
    day = figures([ticket(name, state) for name, state in states.items()], visits)

    assert day.hall()["handling"]["n"] == 1


def test_tickets_never_called_have_no_wait() -> None:
    assert hall_wait(ticket("w", "waiting")) is None
    assert line_wait(visit("w"), ticket("w", "waiting")) is None


def test_an_appointment_waits_from_the_later_of_slot_and_check_in_and_never_less_than_nothing() -> None:
    booked = ticket("y", "called", reference_at=30 * MINUTE, first_called_at=20 * MINUTE)

    assert hall_wait(booked) == 0
    assert line_wait(visit("y", called_at=20 * MINUTE), booked) == 0
    assert hall_wait(booked | {"first_called_at": 33 * MINUTE}) == 3 * MINUTE


def test_a_person_missed_here_and_called_elsewhere_counts_at_both_windows() -> None:
    day = figures([ticket("m", "waiting")], [visit("m")])
    call = {"visits": [{"ticket_id": "m", "n": 1, "called_at": 4 * MINUTE}]}
    again = {"visits": [{"ticket_id": "m", "n": 1, "window": "2"}]}

    day.apply("ticket.called", {"facts": {"window": "1"}, "changes": call})
    day.apply("ticket.missed", {"facts": {"window": "1"}, "changes": again | {}})
    day.apply("ticket.called", {"facts": {"window": "2"}, "changes": again})
    windows = day.windows(["1", "2"])

    assert [(windows[code]["called"], windows[code]["missed"]) for code in "12"] == [(1, 1), (1, 0)]
    assert [windows[code]["wait"]["n"] for code in "12"] == [1, 0], "the wait ended with the first call"
