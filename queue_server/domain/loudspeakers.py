"""Figures of a zone's loudspeaker, and the state of a screen."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from queue_server.domain.zone import Screen

#: From call to sound, 95 of 100 calls: above this a zone has too many windows for one loudspeaker, in seconds.
SPLIT_ABOVE_S = 20.0


def p95(values: Sequence[float]) -> float | None:
    """The smallest value that at least 95 % of the values do not exceed; None without values."""
    if not values:
        return None
    return sorted(values)[-(-len(values) * 95 // 100) - 1]


def hint(p95_s: float | None) -> Literal["split_zone"] | None:
    return "split_zone" if p95_s is not None and p95_s > SPLIT_ABOVE_S else None


def state(screen: Screen, now: datetime) -> Literal["live", "stale", "silent"]:
    """``stale``: it is there, and says that what it shows is old."""
    if not screen.is_alive(now):
        return "silent"
    return "stale" if screen.stale else "live"
