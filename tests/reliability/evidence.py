"""What the database says after a race: every acknowledged order is in the log and in the tables, once."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queue_server.services import maintenance
from queue_server.store import log
from queue_server.store.engine import Store
from queue_server.store.tables import tickets
from tests.support.halls import HALL

#: Kind of order → the type of its last event.
TYPES = {
    "issue": "ticket.issued",
    "call": "ticket.called",
    "transfer": "ticket.transferred",
    "start": "ticket.started",
    "miss": "ticket.missed",
}


class Answered(Protocol):
    """An acknowledged order, as far as the log must know it."""

    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> str | None: ...
    @property
    def seq(self) -> int: ...


@dataclass(frozen=True)
class Entry:
    """One event: its type, and the numbers of the tickets it changed."""

    seq: int
    type: str
    numbers: frozenset[str] = frozenset()


@dataclass
class Evidence:
    entries: list[Entry]
    #: Numbers in the table of tickets.
    numbers: list[str]
    #: What ``hall verify`` finds.
    damage: list[str] = field(default_factory=list)
    #: Whether everybody got an answer in the end, so that the log holds nothing that was not answered.
    all_answered: bool = True

    @classmethod
    def read(cls, store: Store, all_answered: bool = True) -> "Evidence":
        with store.reading() as connection:
            entries = _entries(connection)
            numbers = list(connection.scalars(sa.select(tickets.c.number).where(tickets.c.hall_id == HALL)))
            damage = [f.what for f in [*maintenance.verify(connection), *maintenance.verify_statistics(connection)]]
        return cls(entries, numbers, damage, all_answered)

    def faults(self, orders: Sequence[Answered]) -> Iterator[str]:
        yield from self.damage
        yield from self._positions()
        yield from self._missing([order for order in orders if order.kind in TYPES and order.number])
        if self.all_answered:
            yield from self._surplus(orders)

    def _positions(self) -> Iterator[str]:
        times = Counter(entry.seq for entry in self.entries)
        yield from (f"the log has {n} events {seq}" for seq, n in times.items() if n > 1)
        yield from (f"the log has no event {seq}" for seq in set(range(1, max(times, default=0) + 1)) - set(times))

    def _missing(self, orders: Sequence[Answered]) -> Iterator[str]:
        by_seq = {entry.seq: entry for entry in self.entries}
        known = set(self.numbers)
        for order in orders:
            entry = by_seq.get(order.seq, Entry(0, "nothing"))
            if order.seq and (entry.type != TYPES[order.kind] or order.number not in entry.numbers):
                yield f"{order.kind} of {order.number} was answered with {order.seq}, where the log has {entry.type}"
            if order.number not in known:
                yield f"{order.number} was answered ({order.kind}) and is not in the table"
        for seq, times in Counter(order.seq for order in orders if order.seq).items():
            if times > 1:
                yield f"{times} orders were answered with {seq}"

    def _surplus(self, orders: Sequence[Answered]) -> Iterator[str]:
        answered = Counter(order.kind for order in orders if order.number)
        logged = Counter(entry.type for entry in self.entries)
        for kind, event in TYPES.items():
            # What was not noted at all (seating clerks, say) is not compared.
            if answered[kind] and logged[event] != answered[kind]:
                yield f"{answered[kind]} orders {kind} were answered, the log has {logged[event]} {event}"


def _entries(connection: Connection) -> list[Entry]:
    return [
        Entry(event.seq, event.type, frozenset(row["number"] for row in event.content()["changes"].get("tickets", ())))
        for event in log.whole(connection, HALL)
    ]
