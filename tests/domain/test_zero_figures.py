"""The figures of the zero window, from rows as the tables have them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from queue_server.domain.zero_figures import zero_figures

NINE = datetime(2026, 11, 30, 1, tzinfo=UTC)


def consultation(ticket: str, n: int, outcome: str, minute: int = 0, **more: Any) -> dict[str, Any]:
    at = NINE + timedelta(minutes=minute)
    common = {"ticket_id": ticket, "n": n, "outcome": outcome, "at": at, "channel": "window", "missing": None}
    return common | {"no_entry": None, "due_at": None, "replied_at": at} | more


def stay(ticket: str, n: int, line: str, outcome: str | None) -> dict[str, Any]:
    return {"ticket_id": ticket, "n": n, "line": line, "outcome": outcome}


def figures(consultations: list[dict[str, Any]], visits: list[dict[str, Any]]) -> dict[str, Any]:
    return zero_figures(consultations, visits, "AB", NINE)


def test_a_consultation_taken_back_and_held_again_counts_once_as_it_stands() -> None:
    papers = {"A01": ["id"]}
    mistaken = consultation("t", 1, "answered", no_entry=True, missing=papers)
    told = figures([mistaken, consultation("t", 1, "guide", 1)], [stay("t", 1, "Z", "done")])

    assert (told["consultations"], told["outcomes"], told["channels"]) == (1, {"guide": 1}, {"window": 1})
    assert told["first_contact"] == {"n": 1, "of": 1, "share": 1.0}
    assert (told["missing"], told["no_entry"]) == ([], 0)


def test_two_consultations_at_two_stays_and_one_on_the_floor_before_are_all_counted() -> None:
    twice = [consultation("t", 1, "notice"), consultation("t", 2, "answered", 30)]
    floor = [consultation("u", 1, "notice", channel="floor"), consultation("u", 1, "answered", 9)]

    told = figures(twice + floor, [])

    assert told["consultations"] == 4
    assert told["first_contact"] == {"n": 0, "of": 2, "share": 0.0}


def test_whoever_is_moved_by_the_hall_is_judged_where_they_end() -> None:
    handed = [consultation(ticket, 1, "ready") for ticket in "pqr"]
    right = [stay("p", 2, "A", "moved"), stay("p", 3, "B", "done")]
    wrong = [stay("q", 2, "A", "moved"), stay("q", 3, "B", "moved"), stay("q", 4, "A", "wrong_line")]
    lasting = [stay("r", 2, "A", "moved"), stay("r", 3, "B", None)]

    assert figures(handed, right + wrong + lasting)["hand_off"] == {"n": 1, "of": 2, "share": 0.5}


def test_whom_a_greeter_sends_elsewhere_was_handed_to_the_wrong_place() -> None:
    handed = [consultation("p", 1, "ready"), consultation("p", 2, "ready", 5, channel="floor")]
    visits = [stay("p", 2, "A", "moved"), stay("p", 3, "B", "done")]

    assert figures(handed, visits)["hand_off"] == {"n": 1, "of": 2, "share": 0.5}
