"""Measures how long the event loop stands still: everybody waits for as long."""

import time
from collections import deque
from collections.abc import Callable

from queue_server.metrics import HUB_LONGEST, HUB_STOP

#: The pause that is measured, in seconds: a stop is known to within this, and it costs 0.3 % of a processor.
PAUSE_S = 0.01
#: The gauge tells the longest stop of this time, in seconds.
WINDOW_S = 60
#: How often the gauge is set, in seconds.
TELL_EVERY_S = 1.0


class Probe:
    """Sleeps again and again, and sees how late it wakes."""

    def __init__(self, sleep: Callable[[float], object], clock: Callable[[], float] = time.monotonic) -> None:
        self._sleep, self._clock = sleep, clock
        #: Longest stop of each second of the window, the latest last.
        self._seconds: deque[float] = deque([0.0], maxlen=WINDOW_S)
        self._told_at = clock()

    def run(self) -> None:
        while True:
            self.measure()

    def measure(self) -> float:
        """One pause; by how many seconds it came late."""
        before = self._clock()
        self._sleep(PAUSE_S)
        now = self._clock()
        late = max(0.0, now - before - PAUSE_S)
        HUB_STOP.observe(late)
        self._seconds[-1] = max(self._seconds[-1], late)
        if now - self._told_at >= TELL_EVERY_S:
            self._told_at = now
            HUB_LONGEST.set(max(self._seconds))
            self._seconds.append(0.0)
        return late
