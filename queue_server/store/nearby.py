"""Waiting a moment for a database nearby, without giving the event loop's other work a turn.

Loaded before an async library patches the standard library: what ``select`` offers later is the
library's own, and a turn of its loop costs more than most of PostgreSQL's answers take.
"""

import select
import time
from collections.abc import Generator
from typing import Any, TypeVar

T = TypeVar("T")

#: How long the event loop may stand still for one answer, in milliseconds. What takes longer (a lock,
#: the disk at a commit, a network that is gone) is waited for with everybody else's work going on.
AT_MOST_MS = 1
#: How long after the loop last had a turn answers are still waited for in this way, in seconds: each wait is
#: short, but those of many orders one after the other are not. The turns come every hundredth of a second.
TURN_WITHIN_S = 0.02
#: After so many answers in a row that took longer, so many are waited for without trying.
MISSES, RESTS = 3, 50
#: psycopg's ``Ready``: what a generator waits for, and what it is told.
READ, WRITE = 1, 2

#: The system's own; None where it cannot be had (Windows, or loaded too late).
_poll = getattr(select, "poll", None)
_IN, _OUT = getattr(select, "POLLIN", 1), getattr(select, "POLLOUT", 4)


class Loop:
    """When the event loop last had a turn, where somebody says so: commands have none."""

    def __init__(self) -> None:
        self._turned_at: float | None = None

    def turned(self) -> None:
        """To be said regularly by something that waits for its turn."""
        self._turned_at = time.monotonic()

    def is_due(self) -> bool:
        return self._turned_at is not None and time.monotonic() - self._turned_at > TURN_WITHIN_S


#: There is one in a process.
LOOP = Loop()


class Nearby:
    """The quick wait of one connection. It learns when the database is not so near, and rests then."""

    def __init__(self) -> None:
        self._misses = 0
        self._resting = 0

    def answered_soon(self, asking: Generator[Any, Any, T], file: int) -> Generator[Any, Any, T]:
        """Drive ``asking`` while the answers on socket ``file`` come soon; then as ``asking`` itself.

        ``asking`` is one of psycopg's generators: it yields what it waits for (READ, WRITE or both) and
        is sent what came. Whoever iterates over this waits for the rest in their own way.
        """
        trying = False
        try:
            needs = next(asking)
            if _poll is not None and self._worth_trying():
                trying = True
                poll, until = _poll(), time.monotonic() + AT_MOST_MS / 1000
                while ready := _ready(poll, file, needs, until):
                    needs = asking.send(ready)
                trying, self._misses = False, self._misses + 1
            while True:
                needs = asking.send((yield needs))
        except StopIteration as ended:
            if trying:
                self._misses = 0
            result: T = ended.value
            return result

    def _worth_trying(self) -> bool:
        """Not for a while after a few misses in a row. A commit waits for the disk and misses by itself, so
        one says nothing; the first try after a rest is counted as the last before it."""
        if self._resting > 0:
            self._resting -= 1
            return False
        if LOOP.is_due():
            return False
        if self._misses >= MISSES:
            self._misses, self._resting = MISSES - 1, RESTS
            return False
        return True


def _ready(poll: Any, file: int, needs: int, until: float) -> int:
    """What of it is there before ``until``; 0 for nothing."""
    left_ms = (until - time.monotonic()) * 1000
    if left_ms <= 0:
        return 0
    poll.register(file, (needs & READ and _IN) | (needs & WRITE and _OUT))
    found = poll.poll(left_ms)
    if not found:
        return 0
    came = found[0][1]
    # An error or a hang-up is told by reading.
    return needs & ((came & _OUT and WRITE) | (came & ~_OUT and READ)) or needs
