"""The event log's canonical form and its hash chain."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

#: What the first event's hash is chained to.
GENESIS = "0" * 64
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def micros(moment: datetime) -> int:
    """Microseconds since 1970 in UTC, exact. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone never enters the log")
    return (moment - EPOCH) // timedelta(microseconds=1)


def moment(value: int) -> datetime:
    """The instant of ``value`` microseconds since 1970."""
    return EPOCH + timedelta(microseconds=value)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return micros(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} never enters the log")


def canonical(value: object) -> str:
    """JSON with sorted keys, no spaces, UTF-8, times as integer microseconds."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


@dataclass(frozen=True)
class Event:
    """One line of a hall's log. ``data`` is canonical JSON text, as it was hashed."""

    hall_id: str
    #: From 1, without gaps.
    seq: int
    type: str
    at: datetime
    #: The business day it belongs to; None for sign-ins and settings.
    day: date | None
    #: ``staff:<id>``, ``device:<id>`` or ``system``; never a name.
    actor: str
    data: str
    #: SHA-256 of the previous hash and this event's canonical form, in hex.
    hash: str

    def content(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.data)
        return loaded


def chained(previous: str, event: Event) -> str:
    """The hash that ``event`` must have after an event with the hash ``previous``."""
    head = canonical([event.hall_id, event.seq, event.type, event.at, event.day, event.actor])
    return hashlib.sha256(f"{previous}\n{head}\n{event.data}".encode()).hexdigest()
