"""The wire format shared with screens and counters. Standard library only: clients import it.

Rules: add fields freely; never rename or remove one, or change its unit, within a version.
A reader ignores fields and event types it does not know. ``docs/protocol.md`` says it in full.
"""

from collections.abc import Mapping
from typing import Any, Final, Literal, NotRequired, TypedDict

#: Version of the news feed. A reader with another version is refused at ``connect``.
VERSION: Final = 1
#: Socket.IO namespace of the news.
NAMESPACE: Final = "/news"

#: Socket.IO messages, server to reader.
HELLO: Final = "hello"
EVENT: Final = "event"
TICK: Final = "tick"
#: Socket.IO messages, reader to server.
SYNC: Final = "sync"
HERE: Final = "here"

#: A reader that hears no tick for this long shows what it has as stale, in seconds.
STALE_AFTER_S: Final = 6.0
#: Time between two ticks, in seconds.
TICK_EVERY_S: Final = 2.0
#: A public screen hides its numbers when it has been stale for this long, in seconds.
HIDE_AFTER_S: Final = 60.0
#: How many announcements a reader keeps, newest first.
ANNOUNCEMENTS_KEPT: Final = 30

#: Header that names the press of a button; every retry repeats it.
IDEMPOTENCY_HEADER: Final = "Idempotency-Key"
#: Header that carries the token against cross-site orders, for requests that use cookies.
CSRF_HEADER: Final = "X-CSRF-Token"

#: Ticket states that end a ticket; readers forget such tickets.
ENDED: Final = frozenset({"done", "left", "expired", "unfinished"})

#: The zone that every hall has, and that a window belongs to which names none.
DEFAULT_ZONE: Final = "hall"
#: How loud a zone is that does not say.
FULL_VOLUME: Final = 1.0

Scope = Literal["public", "staff"]

OTHER: Final = "other"
TICKET_CALLED: Final = "ticket.called"
TICKET_RECALLED: Final = "ticket.recalled"
DAY_OPENED: Final = "day.opened"


class Envelope(TypedDict):
    """One piece of news."""

    v: int
    #: Position in the hall's log, from 1, without gaps. A reader that sees a gap asks again.
    seq: int
    type: str
    #: Hall time, UTC, ISO 8601 with microseconds, ends in Z.
    at: str
    #: First 16 hex digits of the log's hash at ``seq``; compared with the tick's.
    hash: str
    #: What changed, by entity: only the fields that changed. Empty for ``other``.
    data: dict[str, Any]


class Tick(TypedDict):
    """Sent every two seconds; says where the log stands, as read from the database."""

    epoch: str
    seq: int
    hash: str
    #: Hall time, as in ``Envelope.at``.
    now: str


class Synced(TypedDict):
    """The answer to ``sync``: the missing events, or a whole snapshot."""

    mode: Literal["replay", "snapshot"]
    epoch: str
    seq: int
    hash: str
    now: str
    events: NotRequired[list[Envelope]]
    snapshot: NotRequired[dict[str, Any]]


def volume_at(zone: Mapping[str, Any], time_of_day: str) -> float:
    """How loud a zone is at ``"HH:MM"`` of the hall's time, 0 to 1; 0 in its quiet hours.

    The latest of ``volumes`` that has begun holds; before the first of the day, the last of the day before.
    """
    if any(_within(time_of_day, start, end) for start, end in zone.get("quiet") or ()):
        return 0.0
    steps = sorted(zone.get("volumes") or ())
    if not steps:
        return FULL_VOLUME
    begun = [volume for start, volume in steps if start <= time_of_day]
    return float((begun or [steps[-1][1]])[-1])


def _within(time_of_day: str, start: str, end: str) -> bool:
    if start <= end:
        return start <= time_of_day < end
    return time_of_day >= start or time_of_day < end
