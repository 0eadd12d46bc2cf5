"""Nine processes at once, each with its own connections: three issue, six call."""

import os
import time

import pytest

from queue_server.store.engine import Store
from tests.reliability.evidence import Entry, Evidence
from tests.reliability.history import Done, History, Told
from tests.reliability.race import direct, figures, found, racing

#: ``RACE_ROUNDS=50`` for the long version.
ROUNDS = int(os.environ.get("RACE_ROUNDS", "3"))
#: Issues of one issuing process in a round.
ISSUES = 30


@pytest.mark.timeout(120 + 20 * ROUNDS)
def test_nine_processes_at_once_give_call_and_order_every_ticket_rightly(store: Store, database_url: str) -> None:
    found(store)
    with racing(direct(database_url, issues=ISSUES)) as race:
        started = time.monotonic()
        for number in range(ROUNDS):
            race.round(number)
        seconds = time.monotonic() - started
    print(f"\n{store.writer.dialect.name}, {ROUNDS} rounds: {figures(race.records, seconds)}, {len(race.told)} told")
    history = race.history()
    history.evidence = Evidence.read(store)
    assert history.faults() == []
    assert_enough_happened(history)


def assert_enough_happened(history: History) -> None:
    """A race in which nothing met would prove nothing."""
    kinds = {(order.kind, bool(order.number)) for order in history.orders}
    always = {("issue", True), ("call", True), ("call", False), ("transfer", True), ("start", True), ("miss", True)}
    assert kinds == always
    # All three issuing processes press some presses together: each of those gave one number.
    alone = ISSUES - ISSUES // 10
    assert sum(1 for order in history.orders if order.kind == "issue") == ROUNDS * (3 * alone + ISSUES // 10)
    assert len(history.told) > len(history.orders) // 2


def _issue(serial: int, start: int, turn_at: int | None = None, line: str = "A") -> Done:
    turn = start if turn_at is None else turn_at
    return Done("issue", start, start + 5, f"{line}{serial:03d}", line, serial, turn, serial)


def _call(number: str | None, start: int, lines: tuple[str, ...] = ("A",), secondary: tuple[str, ...] = ()) -> Done:
    return Done("call", start, start + 5, number, lines=lines, secondary=secondary)


GOOD = [_issue(1, 0), _issue(2, 10), _call("A001", 20), _call("A002", 30), _call(None, 40)]


def test_the_checker_accepts_a_right_history() -> None:
    assert History(GOOD).faults() == []


def test_the_checker_allows_what_overlapping_orders_may_do() -> None:
    overlapping = [_issue(1, 0), _issue(2, 1), _call("A002", 3), _call(None, 4), _call("A001", 8)]
    assert History(overlapping).faults() == []


@pytest.mark.parametrize(
    ("history", "fault"),
    [
        ([*GOOD, _issue(2, 50)], "given 2 times"),
        ([*GOOD, _issue(4, 50)], "has no 3"),
        ([*GOOD, _call("A001", 60)], "was called 2 times"),
        ([*GOOD, _call("A009", 60)], "never given"),
        ([_call("A001", 0), _issue(1, 50)], "called before it joined"),
        ([*GOOD, _issue(3, 50), _call(None, 60)], "while A003 did"),
        ([_issue(1, 0), _issue(2, 10), _call("A002", 20), _call("A001", 30)], "A002 was called before A001"),
        ([_issue(1, 0, turn_at=90), _issue(2, 10, turn_at=80), _call("A001", 20), _call("A002", 30)], "before A002"),
        (
            [_issue(1, 0, line="B"), _issue(1, 10), _call("B001", 20, secondary=("B",)), _call("A001", 30)],
            "before A001",
        ),
        ([_issue(1, 0, line="B"), _call("B001", 20)], "does not serve"),
        (
            [_issue(1, 0), Done("transfer", 10, 15, "A001", "B", 1, 0, 1), _call("A001", 20, ("A", "B"))],
            "joined again before it was called",
        ),
    ],
)
def test_the_checker_sees(history: list[Done], fault: str) -> None:
    assert any(fault in found for found in History(history).faults()), History(history).faults()


def _numbered(*orders: tuple[str, int, int, int, str | None]) -> list[Done]:
    return [Done(kind, start, end, number, "A", seq=seq) for kind, start, end, seq, number in orders]


def test_the_checker_sees_an_order_that_took_effect_before_one_that_had_been_answered() -> None:
    late = _numbered(("start", 0, 5, 9, "A001"), ("start", 10, 15, 8, "A002"))
    assert any("answered with 8 after 9" in fault for fault in History(late).faults())
    twice = _numbered(("start", 0, 5, 9, "A001"), ("start", 10, 15, 9, "A002"))
    assert any("answered with 9 after 9" in fault for fault in History(twice).faults())
    at_once = _numbered(("start", 0, 12, 9, "A001"), ("start", 10, 15, 8, "A002"))
    assert History(at_once).faults() == []
    nobody = _numbered(("start", 0, 5, 9, "A001"), ("call", 10, 15, 9, None))
    assert History(nobody).faults() == []


def test_the_checker_sees_news_of_what_is_not_committed() -> None:
    assert History([], told=[Told(7, 7), Told(8, 12)]).faults() == []
    assert any("told of 9" in fault for fault in History([], told=[Told(8, 8), Told(9, 8)]).faults())


LOG = [Entry(1, "hall.created"), Entry(2, "ticket.issued", frozenset({"A001"}))]


@pytest.mark.parametrize(
    ("entries", "numbers", "seq", "fault"),
    [
        (LOG[:1], ["A001"], 2, "where the log has nothing"),
        (LOG, [], 2, "is not in the table"),
        (LOG, ["A001"], 1, "where the log has hall.created"),
        ([LOG[0], Entry(3, "ticket.issued", frozenset({"A001"}))], ["A001"], 3, "no event 2"),
        ([*LOG, LOG[1]], ["A001"], 2, "2 events 2"),
        ([*LOG, Entry(3, "ticket.issued", frozenset({"A002"}))], ["A001", "A002"], 2, "the log has 2 ticket.issued"),
        ([LOG[0], Entry(2, "ticket.issued", frozenset({"A002"}))], ["A001"], 2, "where the log has ticket.issued"),
    ],
)
def test_the_checker_misses_acknowledged_orders(entries: list[Entry], numbers: list[str], seq: int, fault: str) -> None:
    order = _numbered(("issue", 0, 5, seq, "A001"))
    assert list(Evidence(LOG, ["A001"]).faults(_numbered(("issue", 0, 5, 2, "A001")))) == []
    found = list(Evidence(entries, numbers).faults(order))
    assert any(fault in each for each in found), found
