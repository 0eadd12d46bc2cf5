"""Calling costs the same however many wait."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from queue_server.domain.numbering import TicketClass
from queue_server.services import counters, intake
from queue_server.store.engine import Store
from queue_server.store.talk import Talk
from tests.support.halls import Bench

Statement = tuple[str, Any]


@contextmanager
def statements(store: Store) -> Iterator[list[Statement]]:
    """What is sent to the database inside the block."""
    sent: list[Statement] = []
    with ways(store) as together:
        yield sent
        sent += [statement for way in together for statement in way]


@contextmanager
def ways(store: Store) -> Iterator[list[list[Statement]]]:
    """The same, each way there and back by itself; COMMIT and whatever asks past the unit of work are not in it."""
    found: list[list[Statement]] = []
    send = Talk.send

    def noted(self: Talk) -> None:
        if self._unsaid:
            found.append([(said.ready.text, said.values) for said in self._unsaid])
        send(self)

    with patch.object(Talk, "send", noted):
        yield found


def crowd(hall: Bench, count: int) -> None:
    """``count`` people waiting for line A, all in one transaction."""
    with hall.uow() as uow:
        for _ in range(count):
            intake.issue(uow, "A", TicketClass.ORDINARY, "staff")


def cost(hall: Bench, order: Callable[[], Any]) -> int:
    with statements(hall.store) as sent:
        assert order() is not None
    return len(sent)


def test_an_order_sends_the_same_statements_with_5_and_with_300_waiting(hall: Bench) -> None:
    crowd(hall, 5)
    few = [cost(hall, lambda: hall.call("2")), cost(hall, hall.issue)]
    crowd(hall, 300)

    many = [cost(hall, lambda: hall.call("1")), cost(hall, hall.issue)]

    assert many == few
    assert max(many) <= 14, "an order is a handful of statements"


def test_an_order_goes_to_its_database_and_back_a_few_times(hall: Bench) -> None:
    """The lock with what is known beforehand, what depends on that, all changes together; and COMMIT."""
    first = hall.issue()["id"]
    orders: dict[str, Callable[[], Any]] = {
        "issue": hall.issue,
        "call": hall.call,
        "start": lambda: hall.do(counters.start, first, "clerk-1"),
        "finish": lambda: hall.do(counters.finish, first, "clerk-1"),
    }
    found = {}
    for name, order in orders.items():
        with ways(hall.store) as together:
            order()
        found[name] = len(together)
    assert found == {"issue": 3, "call": 5, "start": 4, "finish": 4}


def plan(store: Store, statement: str, parameters: Any) -> str:
    explain = "EXPLAIN QUERY PLAN " if store.is_sqlite else "EXPLAIN "
    with store.reading() as connection:
        return "\n".join(str(row) for row in connection.exec_driver_sql(explain + statement, parameters))


def test_the_head_of_a_line_is_read_from_the_partial_index(hall: Bench) -> None:
    crowd(hall, 600)
    with hall.store.writer.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
    for window in ("1", "3"):  # one line; two lines, one of them secondary
        with statements(hall.store) as sent:
            hall.call(window)
        heads = [(text, given) for text, given in sent if "tickets.state = 'waiting'" in text and "LIMIT" in text]

        assert len(heads) == 1, "all the lines of a window in one statement"
        found = plan(hall.store, *heads[0])
        assert "ix_tickets_turn" in found
        for slow in ("Seq Scan", "SCAN tickets", "Sort Key", "TEMP B-TREE FOR ORDER BY"):
            assert slow not in found
