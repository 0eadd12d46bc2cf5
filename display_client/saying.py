"""What an announcement says, how often, after which chime and how loud. Pure: a table of tests says it in full.

A loudspeaker is the narrow place of a hall: chime, Mandarin twice and English last eleven seconds, which is five
calls a minute. So the more calls wait, the less is said of each.
"""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from queue_server.protocol import volume_at

#: Languages that the voice has.
SPOKEN = ("zh", "en")
#: With so many others waiting the chime is short.
SHORT_CHIME_FROM = 3
#: Where the hall does not say, and on a box without the table of zones: the whole country has one time.
BEIJING = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Script:
    """What the voice's worker is told besides the words."""

    langs: tuple[str, ...]
    #: ``long`` (1.0 s), ``short`` (0.3 s) or None.
    chime: str | None
    #: Share of the full volume, above 0.
    gain: float

    def told(self) -> dict[str, Any]:
        return {"langs": list(self.langs), "chime": self.chime, "gain": self.gain}


def script(zone: Mapping[str, Any], lang: str | None, waiting: int, time_of_day: str) -> Script | None:
    """How a call is said in ``zone`` while ``waiting`` others wait; None in quiet hours.

    ``lang`` is what the ticket's holder asked for; it is said first, and alone when there is no time for more.
    """
    gain = volume_at(zone, time_of_day)
    if gain <= 0:
        return None
    return Script(turns(_languages(zone.get("languages") or (), lang), waiting), _chime(zone, waiting), min(gain, 1.0))


def turns(languages: Sequence[str], waiting: int) -> tuple[str, ...]:
    """Idle: the first language twice, the others once. One waiting: each once. More: the first only."""
    first, others = languages[0], tuple(languages[1:])
    if waiting == 0:
        return (first, first, *others)
    return (first, *others) if waiting == 1 else (first,)


def _languages(of_zone: Sequence[str], asked: str | None) -> list[str]:
    wanted = [asked, *of_zone] if asked else list(of_zone)
    return [lang for lang in dict.fromkeys(wanted) if lang in SPOKEN] or [SPOKEN[0]]


def _chime(zone: Mapping[str, Any], waiting: int) -> str | None:
    if not zone.get("chime", True):
        return None
    return "short" if waiting >= SHORT_CHIME_FROM else "long"


def time_of_day(hall: Mapping[str, Any], now: datetime) -> str:
    """``"HH:MM"`` on the clocks of the hall."""
    there: tzinfo = BEIJING
    with contextlib.suppress(ZoneInfoNotFoundError, ValueError, KeyError):
        there = ZoneInfo(str(hall["timezone"]))
    return now.astimezone(there).strftime("%H:%M")
