"""Proof that a call was shown: which screens have drawn it, and when nobody has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from queue_server.domain.announcement import Announcement, Spoken
from queue_server.domain.zone import Screen

#: A call that no living screen has drawn after this long, in hall time, is reported.
UNSHOWN_AFTER = timedelta(seconds=3)
#: An older one is not reported any more: the server was away meanwhile, or the clock was stepped.
UNSHOWN_WITHIN = timedelta(seconds=60)


@dataclass(frozen=True)
class Proof:
    """Of the screens that were alive just now, how many have drawn a call."""

    shown: int
    of: int


def proof(seq: int, zone: str, screens: Iterable[Screen], now: datetime) -> Proof:
    """How many of the zone's living screens have drawn the announcement. ``now`` is real time.

    Only screens that say what they draw count: a box without a screen shows nothing.
    """
    alive = [one.shown_seq for one in screens if one.serves(zone) and one.shown_seq is not None and one.is_alive(now)]
    return Proof(sum(drawn >= seq for drawn in alive), len(alive))


def newly_shown(
    calls: Iterable[Announcement], screens: Sequence[Screen], real_now: datetime, now: datetime
) -> list[Announcement]:
    """Note on each call that its first screen, or its last, has drawn it now; returns those.

    Nothing is noted for the screens in between: what is told is told to everybody.
    """
    told = []
    for call in calls:
        found = proof(call.seq, call.zone, screens, real_now)
        if found.shown and not call.is_shown_everywhere and (call.shown_at is None or found.shown == found.of):
            call.note_shown(found.shown, found.of, now)
            told.append(call)
    return told


def is_unshown(call: Announcement, screens: Sequence[Screen], real_now: datetime, now: datetime) -> bool:
    """Whether the clerk must be told that no screen shows the call.

    Not where no screen has ever said what it draws: such a hall asks for no proof.
    """
    if call.shown_at is not None or call.unshown_at is not None or call.state is Spoken.REPLACED:
        return False
    if not UNSHOWN_AFTER <= now - call.at <= UNSHOWN_WITHIN:
        return False
    asked = any(one.serves(call.zone) and one.shown_seq is not None for one in screens)
    return asked and proof(call.seq, call.zone, screens, real_now).shown == 0
