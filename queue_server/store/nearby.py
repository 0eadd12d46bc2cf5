"""Waiting a moment for a database nearby, without giving the event loop's other work a turn.

Loaded before an async library patches the standard library: what ``select`` offers later is the
library's own, and a turn of its loop costs more than most of PostgreSQL's answers take.
"""

import select
from collections.abc import Generator
from typing import Any, TypeVar

T = TypeVar("T")

#: How long the event loop may stand still for one answer, in milliseconds. What takes longer (a lock,
#: the disk at a commit, a network that is gone) is waited for with everybody else's work going on.
AT_MOST_MS = 1
#: psycopg's ``Ready``: what a generator waits for, and what it is told.
READ, WRITE = 1, 2

#: The system's own; None where it cannot be had (Windows, or loaded too late).
_poll = getattr(select, "poll", None)
_IN, _OUT = getattr(select, "POLLIN", 1), getattr(select, "POLLOUT", 4)


def answered_soon(asking: Generator[Any, Any, T], file: int) -> Generator[Any, Any, T]:
    """Drive ``asking`` while the answers on socket ``file`` come soon; then as ``asking`` itself.

    ``asking`` is one of psycopg's generators: it yields what it waits for (READ, WRITE or both) and
    is sent what came. Whoever iterates over this waits for the rest in their own way.
    """
    try:
        needs = next(asking)
        if _poll is not None:
            poll = _poll()
            while ready := _ready(poll, file, needs):
                needs = asking.send(ready)
        while True:
            needs = asking.send((yield needs))
    except StopIteration as ended:
        result: T = ended.value
        return result


def _ready(poll: Any, file: int, needs: int) -> int:
    """What of it is there within the moment; 0 for nothing."""
    poll.register(file, (needs & READ and _IN) | (needs & WRITE and _OUT))
    found = poll.poll(AT_MOST_MS)
    if not found:
        return 0
    came = found[0][1]
    # An error or a hang-up is told by reading.
    return needs & ((came & _OUT and WRITE) | (came & ~_OUT and READ)) or needs
