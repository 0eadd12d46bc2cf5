"""The publisher knows halls that were founded later, and outlives one that is gone."""

from types import SimpleNamespace
from typing import Any, cast

import sqlalchemy as sa

from queue_server.domain.day import Hall
from queue_server.domain.window import Line
from queue_server.parts import Parts
from queue_server.protocol import EVENT, TICK
from queue_server.realtime.feed import HallNews
from queue_server.realtime.publisher import Publisher
from queue_server.services import days, setup
from queue_server.store.unit_of_work import UnitOfWork
from tests.support.halls import HALL, Bench

OTHER = "another"


class Readers:
    """Keeps what it is told, by message and room."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.broadcast = self

    def cut_off(self) -> None:
        """Nobody is here to be."""

    def send(self, name: str, messages: list[Any], room: str) -> None:
        self.told += [(name, room)] * len(messages)


def publisher(hall: Bench, readers: Readers) -> Publisher:
    parts = SimpleNamespace(store=hall.store, clock=hall.clock)
    return Publisher(cast(Parts, parts), cast(Any, None), cast(HallNews, readers))


def found(hall: Bench, hall_id: str) -> None:
    line = Line(hall_id, "A", "别处", "Elsewhere", "specialist", 1, 9)
    setup.found(hall.store, hall.clock, Hall(hall_id, "别处", "Elsewhere", "Asia/Shanghai"), [line], [])


def test_the_first_news_of_a_hall_founded_later_are_told(hall: Bench) -> None:
    readers = Readers()
    one = publisher(hall, readers)
    one.publish()
    found(hall, OTHER)
    one.tick()
    with UnitOfWork(hall.store, OTHER, hall.clock) as uow:
        days.open_day(uow, manual=False)

    one.publish()

    assert (EVENT, f"{OTHER}:public") in readers.told


def test_a_hall_that_is_gone_stops_nobody_else_s_news(hall: Bench) -> None:
    readers = Readers()
    one = publisher(hall, readers)
    found(hall, OTHER)
    one.tick()
    with hall.store.writer.begin() as connection:
        connection.execute(sa.text("DELETE FROM hall_head WHERE hall_id = 'another'"))
    readers.told.clear()
    hall.issue()

    one.tick()

    assert {(EVENT, f"{HALL}:public"), (TICK, f"{HALL}:staff")} <= set(readers.told)
    assert not [room for _, room in readers.told if room.startswith(OTHER)]
