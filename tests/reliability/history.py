"""Judging a history of orders that ran at once: what must hold whatever the interleaving was.

An order took effect at some moment between its start and its end. A ticket *certainly waited*
during an order when what put it in line had been answered before the order began, and the order
that called it began after the answer.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from tests.reliability.evidence import Evidence

#: Microseconds that a secondary line waits longer.
SECONDARY_US = 600 * 1_000_000


@dataclass(frozen=True)
class Done:
    """One answered order. ``start`` and ``end`` are of one clock for all processes."""

    kind: str
    start: int
    end: int
    #: What joined (issue, transfer) or was called; None for "nobody waits".
    number: str | None = None
    line: str = ""
    serial: int = 0
    turn_at: int = 0
    ordinal: int = 0
    #: Position in the log that the answer named; 0 where it was not kept.
    seq: int = 0
    #: Lines that the calling window serves.
    lines: tuple[str, ...] = ()
    secondary: tuple[str, ...] = ()

    @classmethod
    def load(cls, record: dict[str, Any]) -> "Done":
        return cls(**record | {name: tuple(record.get(name, ())) for name in ("lines", "secondary")})


@dataclass
class Stay:
    """A ticket in a line: joined by one order, ended by the call that took it."""

    joined: Done
    called: Done | None = None

    def certain(self, order: Done) -> bool:
        """Whether the ticket stood in line during the whole of ``order``."""
        return self.joined.end < order.start and (self.called is None or self.called.start > order.end)

    def rank(self, call: Done) -> tuple[int, int]:
        """Its rank as the calling window sees it."""
        added = SECONDARY_US if self.joined.line in call.secondary else 0
        return self.joined.turn_at + added, self.joined.ordinal


@dataclass(frozen=True)
class Told:
    """A piece of news: its position, and where the committed log stood when a reader had it."""

    seq: int
    committed: int


@dataclass
class History:
    orders: list[Done]
    #: What the processes saw themselves: an order that failed, a second answer to one press.
    problems: list[str] = field(default_factory=list)
    #: In the order in which one reader was told.
    told: list[Told] = field(default_factory=list)
    #: The database afterwards; None when nobody looked.
    evidence: Evidence | None = None
    stays: list[Stay] = field(default_factory=list)

    def faults(self) -> list[str]:
        """Everything that no interleaving of correct orders could have produced."""
        found = [*self.problems, *self._numbers(), *self._calls(), *self._queue(), *self._sequence(), *self._news()]
        return found + (list(self.evidence.faults(self.orders)) if self.evidence else [])

    def _of(self, *kinds: str) -> list[Done]:
        return [order for order in self.orders if order.kind in kinds]

    def _numbers(self) -> Iterator[str]:
        issued = self._of("issue")
        for number, times in Counter(order.number for order in issued).items():
            if times > 1:
                yield f"{number} was given {times} times"
        serials: dict[str, list[int]] = defaultdict(list)
        for order in issued:
            serials[order.line].append(order.serial)
        for line, given in serials.items():
            for missing in set(range(1, max(given) + 1)) - set(given):
                yield f"line {line} has no {missing}"

    def _calls(self) -> Iterator[str]:
        """Pair each call with the stay it ended; the k-th call of a ticket ends its k-th stay."""
        stays, calls = _by_number(self._of("issue", "transfer")), _by_number(self._of("call"))
        self.stays = []
        for number, joined in stays.items():
            made = calls.pop(number, [])
            own = [Stay(join, call) for join, call in zip(joined, [*made, *[None] * len(joined)], strict=False)]
            self.stays.extend(own)
            if len(made) > len(joined):
                yield f"{number} was called {len(made)} times and stood in line {len(joined)} times"
            yield from (f"{number} was called before it joined" for stay in own if _early(stay))
            yield from (f"{number} joined again before it was called" for a, b in pairwise(own) if _uncalled(a, b))
        yield from (f"{number} was called and never given" for number in calls)

    def _queue(self) -> Iterator[str]:
        """Check each call, and each "nobody waits", against those who certainly waited then."""
        taken = {id(stay.called): stay for stay in self.stays if stay.called}
        for call, certain in self._calls_and_waiting():
            served = {*call.lines, *call.secondary}
            waiting = [stay for stay in certain if stay.joined.line in served]
            if call.number is None:
                yield from (f"nobody was said to wait while {stay.joined.number} did" for stay in waiting[:1])
                continue
            mine = taken.get(id(call))
            first = min(waiting, key=lambda stay: stay.rank(call), default=None)
            if mine and first and first.rank(call) < mine.rank(call):
                yield f"{call.number} was called before {first.joined.number}"
            if mine and mine.joined.line not in served:
                yield f"{call.number} was called by a window that does not serve its line"

    def _calls_and_waiting(self) -> Iterator[tuple[Done, list[Stay]]]:
        """Each call with the stays that certainly lasted through it; one sweep in order of start."""
        coming = sorted(self.stays, key=lambda stay: -stay.joined.end)
        present: list[Stay] = []
        for call in sorted(self._of("call"), key=lambda call: call.start):
            while coming and coming[-1].joined.end < call.start:
                present.append(coming.pop())
            present = [stay for stay in present if stay.called is None or stay.called.start >= call.start]
            yield call, [stay for stay in present if stay.certain(call)]

    def _sequence(self) -> Iterator[str]:
        """An order that began after another was answered stands behind it in the log."""
        running: list[tuple[int, int]] = []
        reached = 0
        for order in sorted((order for order in self.orders if order.seq), key=lambda order: order.start):
            while running and running[0][0] < order.start:
                reached = max(reached, heapq.heappop(running)[1])
            if order.seq < reached or (order.seq == reached and order.number is not None):
                yield f"{order.kind} {order.number}: answered with {order.seq} after {reached} had been answered"
            heapq.heappush(running, (order.end, order.seq))

    def _news(self) -> Iterator[str]:
        for news in self.told:
            if news.seq > news.committed:
                yield f"readers were told of {news.seq} before it was committed: the log stood at {news.committed}"


def _by_number(orders: Iterable[Done]) -> dict[str, list[Done]]:
    grouped: dict[str, list[Done]] = defaultdict(list)
    # By the end: an order may have waited long for its turn after it began.
    for order in sorted(orders, key=lambda order: order.end):
        if order.number is not None:
            grouped[order.number].append(order)
    return grouped


def _early(stay: Stay) -> bool:
    return stay.called is not None and stay.called.end < stay.joined.start


def _uncalled(before: Stay, after: Stay) -> bool:
    return before.called is None or before.called.start > after.joined.end
