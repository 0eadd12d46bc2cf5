"""Measures how long the event loop stands still: everybody waits for as long.

A pause that comes back late was held up by other work of this process, or by other programs that had
the processor. The system knows the second (Linux: ``schedstat``), so the two are told apart.
"""

import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from queue_server.metrics import HUB_LONGEST, HUB_OWN_LONGEST, HUB_STOP

#: The pause that is measured, in seconds: a stop is known to within this, and it costs 0.3 % of a processor.
PAUSE_S = 0.01
#: The gauge tells the longest stop of this time, in seconds.
WINDOW_S = 60
#: How often the gauge is set, in seconds.
TELL_EVERY_S = 1.0


#: Seconds on the processor, seconds of waiting for it (nanoseconds in the file), times it was given.
SCHEDSTAT = Path("/proc/thread-self/schedstat")


def kept_waiting() -> float:
    """For how long this thread could have run and other programs had the processor, in seconds; 0 where unknown."""
    try:
        return int(SCHEDSTAT.read_text().split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0


class Longest:
    """The longest of the last minute."""

    def __init__(self) -> None:
        #: Of each second, the latest last.
        self._seconds: deque[float] = deque([0.0], maxlen=WINDOW_S)

    def see(self, seconds: float) -> None:
        self._seconds[-1] = max(self._seconds[-1], seconds)

    def next_second(self) -> float:
        longest = max(self._seconds)
        self._seconds.append(0.0)
        return longest


class Probe:
    """Sleeps again and again, and sees how late it wakes."""

    def __init__(
        self,
        sleep: Callable[[float], object],
        clock: Callable[[], float] = time.monotonic,
        waited: Callable[[], float] = kept_waiting,
        woke: Callable[[], None] = lambda: None,
    ) -> None:
        """``woke`` is told after every pause: the loop has had a turn."""
        self._sleep, self._clock, self._waited, self._woke = sleep, clock, waited, woke
        self._longest, self._own = Longest(), Longest()
        self._told_at = clock()

    def run(self) -> None:
        while True:
            self.measure()

    def measure(self) -> float:
        """One pause; by how many seconds it came late."""
        before, waited = self._clock(), self._waited()
        self._sleep(PAUSE_S)
        self._woke()
        now = self._clock()
        late = max(0.0, now - before - PAUSE_S)
        HUB_STOP.observe(late)
        self._longest.see(late)
        self._own.see(max(0.0, late - (self._waited() - waited)))
        if now - self._told_at >= TELL_EVERY_S:
            self._told_at = now
            HUB_LONGEST.set(self._longest.next_second())
            HUB_OWN_LONGEST.set(self._own.next_second())
        return late
