"""Tells a key that is pressed again from one that is held down.

A keyboard repeats a key that is held: first after 250 to 660 ms, later than a double press lasts, then
every 30 to 50 ms. So a key that comes soon after itself is only taken when no other follows at once.
Another key in between ends the repeating: then the first was let go.
"""

from typing import Final, Literal

from counter_client.memory import DOUBLE_PRESS_S

#: Keyboards wait at most about this long before they repeat, in seconds.
FIRST_REPEAT_S: Final = 1.2
#: And this long between two repeats, in seconds.
NEXT_REPEAT_S: Final = 0.1

Verdict = Literal["now", "later", "never"]


class Repeats:
    """All times are monotonic, in seconds."""

    def __init__(self) -> None:
        self._last: tuple[str, float] | None = None
        self._waiting: tuple[str, float] | None = None

    def judge(self, key: str, now: float) -> Verdict:
        """``later`` keys come out of ``due``, unless another of the same follows."""
        last, self._last = self._last, (key, now)
        if last is None or last[0] != key or now - last[1] >= FIRST_REPEAT_S:
            return "now"
        if now - last[1] < DOUBLE_PRESS_S:
            if self._waiting is not None and self._waiting[0] == key:
                self._waiting = None
            return "never"
        self._waiting = (key, now + NEXT_REPEAT_S)
        return "later"

    def due(self, now: float) -> str | None:
        """A key that waited long enough to be a press of its own."""
        if self._waiting is None or now < self._waiting[1]:
            return None
        key, self._waiting = self._waiting[0], None
        return key
