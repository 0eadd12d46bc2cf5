"""The table "Who is next" of the design, row by row."""

from datetime import timedelta

import pytest

from queue_server.domain import calling
from queue_server.domain.calling import Candidate, choose, reason
from queue_server.domain.events import micros
from queue_server.domain.numbering import TicketClass
from tests.domain.build import NINE, at, ticket

MICRO = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("ticket_class", "expected"),
    [(TicketClass.ORDINARY, "9:00"), (TicketClass.CARE, "8:45"), (TicketClass.APPOINTMENT, "8:55")],
)
def test_a_turn_counts_from_the_reference_less_the_credit_of_the_class(
    ticket_class: TicketClass, expected: str
) -> None:
    assert calling.turn_at(NINE, ticket_class) == at(expected)


def test_no_credit_exceeds_half_an_hour_whatever_a_hall_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(calling.CREDIT, TicketClass.CARE, timedelta(hours=3))

    assert calling.turn_at(NINE, TicketClass.CARE) == at("8:30")


@pytest.mark.parametrize(
    ("slot", "checked_in", "expected"),
    [
        ("9:30", "9:00", "9:25"),
        ("9:30", "9:30", "9:25"),
        ("9:30", "9:40", "9:25"),
        ("9:30", "9:40:00.000001", "9:40:00.000001"),
        ("9:30", "10:15", "10:15"),
    ],
    ids=["early", "on time", "ten minutes late", "a moment later than that", "late"],
)
def test_an_appointment_counts_from_its_slot_until_ten_minutes_after_it(
    slot: str, checked_in: str, expected: str
) -> None:
    assert calling.appointment_turn_at(at(slot), at(checked_in)) == at(expected)


@pytest.mark.parametrize(
    ("slot", "checked_in", "expected"),
    [("9:30", "9:25", "9:10"), ("10:00", "9:25", "9:10"), ("9:00", "9:09", "8:54"), ("9:00", "9:30", "9:15")],
)
def test_care_with_an_appointment_counts_from_the_earlier_of_both(slot: str, checked_in: str, expected: str) -> None:
    assert calling.care_appointment_turn_at(at(slot), at(checked_in)) == at(expected)


def test_a_transfer_counts_from_the_first_issue_with_the_credit_of_the_class() -> None:
    first_issue = at("8:31")

    assert calling.turn_at(first_issue, TicketClass.ORDINARY) == at("8:31")
    assert calling.turn_at(first_issue, TicketClass.CARE) == at("8:16")


@pytest.mark.parametrize(
    ("old", "now", "expected"),
    [("9:00", "11:00", "10:50"), ("10:55", "11:00", "10:55"), ("10:50", "11:00", "10:50")],
)
def test_somebody_back_with_papers_counts_as_come_at_most_ten_minutes_ago(old: str, now: str, expected: str) -> None:
    assert calling.returned_turn_at(at(old), at(now)) == at(expected)


@pytest.mark.parametrize(("old", "expected"), [("9:00", "10:10"), ("10:25", "10:25")])
def test_a_postponed_turn_is_ten_minutes_from_now_and_never_earlier_than_it_was(old: str, expected: str) -> None:
    assert calling.postponed_turn_at(at(old), at("10:00")) == at(expected)


@pytest.mark.parametrize(
    ("waiting", "behind"),
    [
        (["9:01", "9:02", "9:03", "9:04"], "9:03"),
        (["9:01", "9:02", "9:03"], "9:03"),
        (["9:01", "9:02"], "9:02"),
        (["9:01"], "9:01"),
    ],
)
def test_the_first_reinstatement_is_one_microsecond_behind_the_third_or_the_last(
    waiting: list[str], behind: str
) -> None:
    assert calling.reinstated_turn_at([at(turn) for turn in waiting], 0, at("10:00")) == at(behind) + MICRO


def test_the_first_reinstatement_into_an_empty_line_counts_from_now() -> None:
    assert calling.reinstated_turn_at([], 0, at("10:00")) == at("10:00")


def test_the_second_reinstatement_counts_from_now() -> None:
    turns = [at("9:01"), at("9:02"), at("9:03")]

    assert calling.reinstated_turn_at(turns, 1, at("10:00")) == at("10:00")


def test_a_promoted_ticket_comes_one_microsecond_before_the_head() -> None:
    assert calling.promoted_turn_at(at("9:01")) == at("9:01") - MICRO


@pytest.mark.parametrize(
    ("helped_since", "first"),
    [("8:49:59", "B001"), ("8:50:01", "A001")],
    ids=["more than ten minutes longer", "less than ten minutes longer"],
)
def test_a_secondary_line_counts_ten_minutes_later(helped_since: str, first: str) -> None:
    own = Candidate(ticket(number="A001", ordinal=2))
    helped = Candidate(ticket(number="B001", line="B", turn_at=at(helped_since), ordinal=1), secondary=True)

    chosen, runner_up = choose([own, helped])

    assert chosen is not None
    assert runner_up is not None
    assert chosen.ticket.number == first
    assert {chosen.ticket.number, runner_up.ticket.number} == {"A001", "B001"}
    assert helped.ticket.turn_at == at(helped_since), "the ten minutes are added when choosing, never stored"


def test_equal_turns_are_called_in_order_of_issue_over_the_whole_hall() -> None:
    later, earlier = Candidate(ticket(number="A002", ordinal=9)), Candidate(ticket(number="B001", ordinal=8))

    chosen, _ = choose([later, earlier])

    assert chosen is earlier


def test_nobody_is_chosen_where_nobody_waits_and_one_alone_has_no_runner_up() -> None:
    alone = Candidate(ticket())

    assert choose([]) == (None, None)
    assert choose([alone]) == (alone, None)


def test_a_call_says_why_it_was_this_ticket() -> None:
    first = Candidate(ticket(number="B001", turn_at=at("8:45")), secondary=True)
    second = Candidate(ticket(number="VA002", ticket_class=TicketClass.CARE))

    assert reason(first, second, ["A", "B"]) == {
        "turn_at": 1795481100000000,
        "lines": ["A", "B"],
        "runner_up": {"number": "VA002", "turn_at": 1795482000000000, "class": "care"}
        | {"reference_at": micros(second.ticket.reference_at)},
        "added_s": 600,
    }
    assert reason(second, None, ["A"])["runner_up"] is None
