"""The log: only grows, and the tables are its fold after any day."""

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from queue_server.domain.errors import Refused
from queue_server.domain.numbering import TicketClass
from queue_server.domain.window import PauseReason
from queue_server.services import announcements, counters, days, seats, transfers
from queue_server.store import tables
from queue_server.store.engine import Store
from tests.services.looking import events, faults, rows
from tests.support.halls import HALL, Bench

Order = Callable[[Bench, random.Random], Any]


def some_ticket(hall: Bench, dice: random.Random, *states: str) -> dict[str, Any]:
    """A ticket in one of the states, any ticket where there is none: refusals belong to the day."""
    every = sorted(rows(hall.store, tables.tickets), key=lambda row: row["ordinal"])
    fitting = [row for row in every if row["state"] in states]
    return dice.choice(fitting or every or [{"id": "f" * 32, "window": None}])


def clerk_of(ticket: dict[str, Any]) -> str:
    return f"clerk-{ticket['window'] or '1'}"


def held(verb: Callable[..., Any], *states: str) -> Order:
    def order(hall: Bench, dice: random.Random) -> Any:
        ticket = some_ticket(hall, dice, *states)
        return hall.do(verb, ticket["id"], clerk_of(ticket))

    return order


def transfer(hall: Bench, dice: random.Random) -> Any:
    ticket = some_ticket(hall, dice, "serving", "called")
    note = dice.choice([None, "缺户口本"])
    return hall.do(transfers.transfer, ticket["id"], clerk_of(ticket), dice.choice("ABZ"), note)


def speak(hall: Bench, dice: random.Random) -> Any:
    known = [row["seq"] for row in rows(hall.store, tables.announcements)] or [1]
    verb = dice.choice([announcements.start, announcements.end])
    return hall.do(verb, dice.choice(known), dice.choice(["one", "two"]))


def pause_or_resume(hall: Bench, dice: random.Random) -> Any:
    window = dice.choice(["1", "2", "3", "Z1"])
    if dice.random() < 0.4:
        return hall.do(seats.pause, window, None, PauseReason.REST)
    return hall.do(seats.resume, window, None)


ORDERS: list[tuple[int, Order]] = [
    (10, lambda hall, dice: hall.issue(dice.choice("AABZZ"), dice.choice([TicketClass.ORDINARY, TicketClass.CARE]))),
    (9, lambda hall, dice: hall.call(dice.choice(["1", "2", "3", "Z1"]))),
    (6, held(counters.start, "called")),
    (5, held(counters.finish, "serving")),
    (3, held(counters.miss, "called")),
    (1, held(counters.recall, "called")),
    (2, lambda hall, dice: hall.do(counters.reinstate, some_ticket(hall, dice, "missed")["id"])),
    (1, lambda hall, dice: hall.do(counters.call_directly, some_ticket(hall, dice, "missed")["id"], "2", "clerk-2")),
    (1, lambda hall, dice: hall.do(counters.leave, some_ticket(hall, dice, "waiting")["id"], "-", anywhere=True)),
    (3, transfer),
    (12, speak),
    (2, pause_or_resume),
    (1, lambda hall, dice: hall.do(lambda uow: {"n": announcements.report_silence(uow)})),
]


#: What the random day must contain to mean something.
EVENTFUL = [f"ticket.{verb}" for verb in ("called", "recalled", "started", "finished", "missed", "reinstated", "left")]
EVENTFUL += ["ticket.transferred", "ticket.expired", "ticket.unfinished", "announcement.ended", "window.resumed"]


def live_a_day(hall: Bench, dice: random.Random, orders: int) -> Counter[str]:
    refusals: Counter[str] = Counter()
    weights, chosen = zip(*ORDERS, strict=True)
    for order in dice.choices(chosen, weights, k=orders):
        hall.clock.forward(seconds=dice.randrange(40))
        try:
            order(hall, dice)
        except Refused as refusal:
            refusals[refusal.code] += 1
    return refusals


def test_after_any_day_the_tables_and_the_figures_are_those_of_the_log(hall: Bench) -> None:
    refusals = live_a_day(hall, random.Random(20261124), 300)
    assert faults(hall.store) == []

    hall.do(days.begin_close, force=True)
    days.finish_close(hall.uow)

    seen = Counter(event.type for event in events(hall.store))
    assert faults(hall.store) == []
    assert [event.seq for event in events(hall.store)] == list(range(1, sum(seen.values()) + 1))
    for event_type in EVENTFUL:
        assert seen[event_type], f"the day had no {event_type}: choose another seed"
    assert len(refusals) > 3, "refusals belong to a day"


@pytest.mark.parametrize("statement", ["UPDATE events SET data = '{}'", "DELETE FROM events", "TRUNCATE events"])
def test_the_database_itself_refuses_to_change_the_log(hall: Bench, statement: str) -> None:
    if hall.store.is_sqlite and statement.startswith("TRUNCATE"):
        statement = "DELETE FROM events WHERE seq = 1"
    before = events(hall.store)

    with pytest.raises(sa.exc.DBAPIError, match="append-only"), hall.store.writer.begin() as connection:
        connection.exec_driver_sql(statement)

    assert events(hall.store) == before


def copy_of(store: Store, row: dict[str, Any], **changed: Any) -> None:
    """Write a ticket past every order, as a broken program would."""
    with store.writer.begin() as connection:
        connection.execute(tables.tickets.insert().values(**row | {"id": "f" * 32} | changed))


@pytest.mark.parametrize(
    "changed",
    [
        {"ordinal": 99, "window": None, "state": "waiting"},
        {"serial": 99, "window": None, "state": "waiting"},
        {"serial": 99, "ordinal": 99},
        {"serial": 99, "ordinal": 99, "state": "serving"},
    ],
    ids=["same number", "same ordinal", "called at one window", "called and served at one window"],
)
def test_the_second_line_holds_when_an_order_s_lock_does_not(hall: Bench, changed: dict[str, Any]) -> None:
    hall.issue()
    hall.call()
    row = rows(hall.store, tables.tickets)[0]

    with pytest.raises(sa.exc.IntegrityError):
        copy_of(hall.store, row, **changed)

    assert rows(hall.store, tables.tickets) == [row]
    copy_of(hall.store, row, serial=99, ordinal=99, window="2")


def test_no_two_windows_have_one_clerk_even_past_the_orders(hall: Bench) -> None:
    same = tables.windows.update().where(tables.windows.c.code == "2").values(clerk="clerk-1")

    with pytest.raises(sa.exc.IntegrityError), hall.store.writer.begin() as connection:
        connection.execute(same)


def test_no_position_in_the_log_is_written_twice(hall: Bench) -> None:
    again = vars(events(hall.store)[-1]) | {"hall_id": HALL}

    with pytest.raises(sa.exc.IntegrityError), hall.store.writer.begin() as connection:
        connection.execute(tables.events.insert().values(**again))
