"""Whose turn it is to speak a call: this box's, another's, or nobody's. Pure.

The server decides (docs/protocol.md, Zones); this only keeps the box from asking in vain.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

#: The announcer has left the head of its queue alone for so long (hall time): another box may try.
OVERDUE_AFTER = timedelta(seconds=3)
#: So long nobody who can be heard has spoken it: a box without sound tells that it cannot.
NOBODY_AFTER = timedelta(seconds=6)


@dataclass(frozen=True)
class Me:
    """This box, as the server knows it; before it has said so, a device of the whole hall that holds nothing."""

    id: str = ""
    #: None for all zones.
    zone: str | None = None

    def serves(self, zone: str) -> bool:
        return self.zone in (None, zone)


@dataclass(frozen=True)
class ZoneNow:
    """A zone at this moment: its settings, who sounds there, and when a call last came to its end."""

    settings: Mapping[str, Any]
    ended_at: datetime | None = None

    @property
    def announcer(self) -> str | None:
        return self.settings.get("announcer")

    def waits_since(self, head_at: datetime) -> datetime:
        """Since when the head of the queue could have been spoken."""
        return head_at if self.ended_at is None else max(head_at, self.ended_at)


def may_try(zone: ZoneNow, met_at: datetime, me: Me, audible: bool, now: datetime) -> bool:
    """Whether this box should claim the head of a zone's queue.

    ``met_at``: when this box heard of it; after a cut the announcer has had no more time than we. Hall time throughout.
    The announcer speaks at once; so does anybody where there is none. Who is not the announcer waits for three seconds
    whether somebody better does it; who cannot be heard waits for six, and leaves alone what somebody else holds.
    """
    waited = now - zone.waits_since(met_at)
    mine = zone.announcer is None or (zone.announcer == me.id and bool(me.id))
    if not audible:
        return mine and waited >= NOBODY_AFTER
    return mine or waited >= OVERDUE_AFTER
