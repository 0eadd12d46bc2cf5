"""What an order says to its database goes together, and means what it would mean said one by one."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from queue_server.domain.day import DayState
from queue_server.services import counters, days
from queue_server.store import tables, waiting
from queue_server.store.engine import Busy, Store
from queue_server.store.records import ClaimLost
from queue_server.store.unit_of_work import HeadMoved, UnitOfWork
from tests.services.looking import everything, rows
from tests.support.halls import HALL, Bench
from tests.support.servers import wait_until


def test_a_question_knows_every_change_before_it(hall: Bench) -> None:
    ticket = hall.issue()
    with hall.uow() as uow:
        assert waiting.at_window(uow, "1") is None
        uow.expect(waiting.AT_A_WINDOW, hall=HALL, at_window="1")
        called = counters.call_next(uow, "1", "clerk-1")["ticket"]
        at_window = waiting.at_window(uow, "1")
        assert at_window is not None
        assert at_window.id == called["id"] == ticket["id"]
        first = sa.select(tables.tickets.c.state).where(tables.tickets.c.id == ticket["id"])
        assert uow.connection.scalar(first) == "called", "the plain connection knows it too"


def test_what_was_expected_before_a_change_is_not_answered_from_before_it(hall: Bench) -> None:
    hall.issue()
    with hall.uow() as uow:
        uow.expect(waiting.AT_A_WINDOW, hall=HALL, at_window="1")
        counters.call_next(uow, "1", "clerk-1")
        uow.expect(waiting.AT_A_WINDOW, hall=HALL, at_window="2")
        assert waiting.at_window(uow, "2") is None
        assert waiting.at_window(uow, "1") is not None


def test_a_ticket_that_is_in_another_state_is_not_called_and_nothing_is_kept(hall: Bench) -> None:
    ticket = hall.issue()
    before = everything(hall.store)

    def leave(uow: UnitOfWork) -> None:
        loaded = uow.ticket(ticket["id"])
        # As if the lock did not hold: past what the unit of work knows.
        uow.connection.execute(tables.tickets.update().values(state="left"))
        loaded.leave(uow.now)
        uow.record("ticket.left", loaded)

    with pytest.raises(ClaimLost, match="tickets"):
        hall.do(leave)

    assert everything(hall.store) == before
    assert hall.call() is not None


def test_a_head_that_moved_commits_nothing(hall: Bench) -> None:
    before = everything(hall.store)

    def move(uow: UnitOfWork) -> None:
        uow.connection.execute(tables.hall_head.update().values(seq=uow.seq + 7))
        uow.record("staff.signed_in", staff="x")

    with pytest.raises(HeadMoved):
        hall.do(move)
    assert everything(hall.store) == before


def test_a_row_that_is_there_already_is_refused_by_its_key_and_takes_the_rest_with_it(hall: Bench) -> None:
    hall.issue()
    before = everything(hall.store)
    log = rows(hall.store, tables.events)[-1]

    def repeat(uow: UnitOfWork) -> None:
        uow.tell(tables.hall_head.update(), {"epoch": "another"})
        uow.tell(tables.events.insert(), log)
        uow.tell(tables.hall_head.update(), {"epoch": "yet another"})

    with pytest.raises(sa.exc.IntegrityError) as refused:
        hall.do(repeat)

    assert "actor" not in str(refused.value), "no row in an error"
    assert everything(hall.store) == before
    assert hall.call() is not None, "the connection is good"


def test_behind_the_lock_an_order_knows_what_was_committed_while_it_waited(
    hall: Bench, new_store: Callable[[], Store]
) -> None:
    """What goes along with the lock must not be read as of before it: the day was closed meanwhile."""
    if hall.store.is_sqlite:
        return
    other, seen = UnitOfWork(new_store(), HALL, hall.clock), list[Any]()

    def wait_behind() -> None:
        with other as uow:
            day = uow.latest_day()
            seen.append((uow.seq, day and day.state))

    with hall.uow() as uow:
        second = threading.Thread(target=wait_behind)
        second.start()
        with hall.store.reading() as connection:
            blocked = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            wait_until(lambda: connection.scalar(blocked), what="the second order")
        days.begin_close(uow, force=True)
    second.join()
    assert seen == [(uow.seq, DayState.CLOSING)]


def test_a_database_lost_on_the_way_is_busy_and_the_next_order_is_done(hall: Bench) -> None:
    if hall.store.is_sqlite:
        return
    killer = sa.create_engine(hall.store.url, isolation_level="AUTOCOMMIT")
    before = everything(hall.store)

    def lost(uow: UnitOfWork) -> None:
        ours = uow.connection.scalar(sa.text("SELECT pg_backend_pid()"))
        with killer.connect() as other:
            other.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": ours})
            gone = sa.text("SELECT count(*) FROM pg_stat_activity WHERE pid = :pid")
            wait_until(lambda: other.scalar(gone, {"pid": ours}) == 0, what="the end of the backend")
        uow.record("staff.signed_in", staff="x")

    with pytest.raises(Busy):
        hall.do(lost)
    killer.dispose()
    assert everything(hall.store) == before
    assert hall.issue()["number"]
