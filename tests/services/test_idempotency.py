"""A press is done once and answered alike, also after a refusal."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from queue_server.domain.errors import KeyReused, Refused
from queue_server.domain.numbering import TicketClass
from queue_server.services import counters, days, intake, orders
from queue_server.store import idempotency, tables
from queue_server.store.idempotency import Answer, Press
from queue_server.store.unit_of_work import UnitOfWork
from tests.services.looking import everything, faults, rows, seq, types
from tests.support.halls import Bench

PRESS = Press("scope", "key-00000001", "body")


def perform(hall: Bench, order: Callable[[UnitOfWork], dict[str, Any]], press: Press = PRESS) -> Answer:
    return orders.perform(hall.uow(), order, press, 201, lambda refusal: 409)


def issue(uow: UnitOfWork) -> dict[str, Any]:
    return intake.issue(uow, "A", TicketClass.ORDINARY, "staff")


def call(uow: UnitOfWork) -> dict[str, Any]:
    return counters.call_next(uow, "1", "clerk-1")


def test_a_retry_gets_the_same_answer_and_nothing_is_done_twice(hall: Bench) -> None:
    first = perform(hall, issue)
    before = everything(hall.store)
    hall.clock.forward(hours=1)

    again = perform(hall, issue)

    assert (first.status, first.replay, again.replay) == (201, False, True)
    assert (again.status, again.body) == (first.status, first.body)
    assert first.body["seq"] == seq(hall.store)
    assert everything(hall.store) == before


def test_a_refusal_is_remembered_although_it_would_be_allowed_later(hall: Bench) -> None:
    refusal = perform(hall, lambda uow: intake.issue(uow, "X", TicketClass.ORDINARY, "staff"))
    again = perform(hall, issue)

    assert (refusal.status, refusal.body) == (409, {"error": "unknown_line", "facts": {"line": "X"}})
    assert (again.status, again.body, again.replay) == (409, refusal.body, True)
    assert rows(hall.store, tables.tickets) == []


def test_a_retry_of_nobody_waits_stays_nobody_waits(hall: Bench) -> None:
    assert perform(hall, call).status == 200
    hall.issue()

    again = perform(hall, call)

    assert (again.status, again.body["ticket"], again.replay) == (200, None, True)
    assert rows(hall.store, tables.tickets)[0]["state"] == "waiting"


def test_the_same_key_with_another_body_is_refused_and_does_nothing(hall: Bench) -> None:
    perform(hall, issue)
    before = everything(hall.store)

    with pytest.raises(KeyReused):
        perform(hall, issue, Press(PRESS.scope, PRESS.key, "other body"))

    assert everything(hall.store) == before


def test_keys_of_different_actors_never_meet(hall: Bench) -> None:
    perform(hall, issue)
    other = perform(hall, issue, Press("other scope", PRESS.key, PRESS.fingerprint))

    assert (other.replay, other.body["ticket"]["number"]) == (False, "A002")


def test_a_refusal_in_the_middle_undoes_all_and_leaves_no_gap(hall: Bench) -> None:
    hall.issue()
    before = seq(hall.store)

    def half(uow: UnitOfWork) -> dict[str, Any]:
        issue(uow)
        call(uow)
        days.begin_close(uow, force=False)
        raise AssertionError("the close is refused: somebody is at a window")

    answer = perform(hall, half)
    after = perform(hall, issue, Press(PRESS.scope, "key-00000002", "body"))

    assert answer.body["error"] == "tickets_in_service"
    assert after.body["seq"] == before + 1
    assert after.body["ticket"]["number"] == "A002"
    assert types(hall.store)[-1] == "ticket.issued"
    assert faults(hall.store) == []


def test_a_failure_that_is_no_refusal_stores_nothing_so_that_a_retry_may_succeed(hall: Bench) -> None:
    def breaks(uow: UnitOfWork) -> dict[str, Any]:
        issue(uow)
        raise ZeroDivisionError

    before = everything(hall.store)
    with pytest.raises(ZeroDivisionError):
        perform(hall, breaks)
    assert everything(hall.store) == before

    assert perform(hall, issue).body["ticket"]["number"] == "A001"


def test_answers_are_kept_for_48_hours_of_real_time_and_then_forgotten(hall: Bench) -> None:
    perform(hall, issue)
    hall.do(days.step_clock, hall.clock.now + timedelta(days=9))
    hall.clock.forward(hours=47, minutes=59)
    assert perform(hall, issue).replay, "a stepped hall clock ends nothing"

    hall.clock.forward(minutes=1)
    with hall.uow() as uow:
        assert idempotency.forget_expired(uow.connection, uow.real_now) == 1
    assert rows(hall.store, tables.idempotency) == []


def test_a_change_without_an_event_never_commits(hall: Bench) -> None:
    issued = hall.issue()
    before = everything(hall.store)

    with pytest.raises(RuntimeError, match="changed without an event"), hall.uow() as uow:
        uow.ticket(issued["id"]).calls += 1

    assert everything(hall.store) == before


def test_a_refusal_carries_facts_that_json_can_say(hall: Bench) -> None:
    def refuse(uow: UnitOfWork) -> dict[str, Any]:
        raise Refused(count=3, window="1")

    assert perform(hall, refuse).body == {"error": "refused", "facts": {"count": 3, "window": "1"}}
