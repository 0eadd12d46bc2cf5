"""A refused order is undone whole, and its answer stored by itself: what may come in between."""

from typing import Any

import pytest
import sqlalchemy as sa

from queue_server.domain.errors import Refused
from queue_server.domain.numbering import TicketClass
from queue_server.services import intake, orders
from queue_server.store import tables
from queue_server.store.engine import Busy
from queue_server.store.idempotency import Press
from queue_server.store.unit_of_work import UnitOfWork
from tests.services.looking import rows
from tests.support.halls import Bench
from tests.support.servers import wait_until

PRESS = Press("a scope", "key-00000001", "a body")


def issue(uow: UnitOfWork) -> dict[str, Any]:
    return intake.issue(uow, "A", TicketClass.ORDINARY, "staff")


def refuse(uow: UnitOfWork) -> dict[str, Any]:
    issue(uow)
    raise Refused(count=1)


def perform(hall: Bench, order: orders.Order) -> Any:
    return orders.perform(hall.uow(), order, PRESS, 201, lambda refusal: 409)


def test_a_refused_order_leaves_nothing_but_its_answer(hall: Bench) -> None:
    assert perform(hall, refuse).status == 409
    assert rows(hall.store, tables.tickets) == []
    again = perform(hall, issue)
    assert (again.status, again.replay, again.body["error"]) == (409, True, "refused")


def test_the_same_press_done_in_between_is_the_answer(hall: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A retry overtakes the storing of the refusal, finds the rules content, and is done."""
    leave, overtook = UnitOfWork.__exit__, list[Any]()

    def left(self: UnitOfWork, kind: Any, error: Any, trace: Any) -> None:
        leave(self, kind, error, trace)
        if kind is Refused and not overtook:
            overtook.append(None)
            overtook[0] = perform(hall, issue)

    monkeypatch.setattr(UnitOfWork, "__exit__", left)
    answer = perform(hall, refuse)

    assert (answer.status, answer.replay, answer.body) == (201, True, overtook[0].body)
    assert len(rows(hall.store, tables.tickets)) == 1
    assert len(rows(hall.store, tables.idempotency)) == 1


def test_a_database_lost_in_the_rollback_is_busy_and_nobody_takes_the_refusal_for_the_answer(hall: Bench) -> None:
    if hall.store.is_sqlite:
        return
    killer = sa.create_engine(hall.store.url, isolation_level="AUTOCOMMIT")

    def killed(uow: UnitOfWork) -> dict[str, Any]:
        ours = uow.connection.scalar(sa.text("SELECT pg_backend_pid()"))
        with killer.connect() as other:
            other.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": ours})
            gone = sa.text("SELECT count(*) FROM pg_stat_activity WHERE pid = :pid")
            wait_until(lambda: other.scalar(gone, {"pid": ours}) == 0, what="the end of the backend")
        raise Refused(count=1)

    with pytest.raises(Busy):
        perform(hall, killed)
    killer.dispose()
    assert rows(hall.store, tables.idempotency) == []
    assert perform(hall, issue).status == 201
