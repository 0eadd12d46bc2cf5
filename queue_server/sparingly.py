"""Log lines about a trouble that lasts: the first at once, then one a minute with how many it stands for.

Clerks and kiosks press again and again while a disk is full; a line for each would fill what is left of it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

EVERY_S = 60.0


@dataclass
class Sparingly:
    """Calls ``say(times)`` at most once a minute; ``times`` counts the calls since the last line."""

    say: Callable[[int], object]
    clock: Callable[[], float] = time.monotonic
    _said_at: float = float("-inf")
    _times: int = 0

    def __call__(self) -> None:
        self._times += 1
        now = self.clock()
        if now - self._said_at >= EVERY_S:
            times, self._times, self._said_at = self._times, 0, now
            self.say(times)
