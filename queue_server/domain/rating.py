"""What a person says of a visit: the five levels of the national good-and-bad-review rules (好差评)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

#: 5 very satisfied, 4 satisfied, 3 rather satisfied, 2 dissatisfied, 1 very dissatisfied.
LEVELS = range(1, 6)
#: Levels that count as bad.
BAD = frozenset({1, 2})
#: How long after the end a pad at the window still takes a rating: the next person must not give it.
PAD_WITHIN = timedelta(minutes=10)
#: Why, as far as the person says so. Codes are never renamed; sentences are in static/i18n.
REASONS = ("attitude", "speed", "skill", "waiting", "rules", "place", "other")


@dataclass(eq=False)
class Rating:
    """One for each journey; voluntary, never given for anybody, never changed."""

    hall_id: str
    ticket_id: str
    day: date
    #: The visit it is about: the last that was handled.
    n: int
    line: str
    window: str
    clerk: str
    level: int
    reasons: Sequence[str] | None
    #: ``pad`` or ``phone``.
    channel: str
    at: datetime

    table: ClassVar[str] = "ratings"
