"""Whether this box can be heard, as it truly is: what the device list says, and how the last announcement went."""

import logging
import time
from collections.abc import Callable

from display_client.player import Player, PlayFailed
from display_client.renderer import Wave

logger = logging.getLogger(__name__)

#: How often the device list is looked at, in seconds.
LOOK_EVERY_S = 10.0
#: After a player broke off, how long until it is believed again; doubled each time in a row, in seconds.
DISTRUST_S, LONGEST_DISTRUST_S = 10.0, 300.0


class Sound:
    """A player, and what the server is told of it: ``ok``, ``none`` (no device) or ``failed`` (it broke off)."""

    def __init__(self, player: Player, clock: Callable[[], float] = time.monotonic) -> None:
        self._player, self._clock = player, clock
        self._looked_at: float | None = None
        self._trouble: str | None = None
        self._failures = 0
        self._failed_at = 0.0

    @property
    def word(self) -> str:
        """For the sign of life. Cheap: what was found when it was last looked."""
        if self._trouble is not None:
            return "none"
        return "failed" if self._failures and self._clock() - self._failed_at < self._distrusted_for() else "ok"

    @property
    def audible(self) -> bool:
        return self.word == "ok"

    def _distrusted_for(self) -> float:
        return float(min(DISTRUST_S * 2 ** (self._failures - 1), LONGEST_DISTRUST_S))

    def look(self, now_at_once: bool = False) -> str | None:
        """Why nothing can sound, None when it can; asked of the machine every ten seconds, or at once."""
        now = self._clock()
        if now_at_once or self._looked_at is None or now - self._looked_at >= LOOK_EVERY_S:
            before, self._trouble = self._trouble, self._player.trouble()
            if self._trouble != before:
                logger.error("NOTHING WILL SOUND: %s", self._trouble) if self._trouble else logger.info("sound is back")
            self._looked_at = self._clock()
        return self._trouble

    def play(self, wave: Wave, name: str) -> None:
        """Sound it once, to its end. Raises PlayFailed; what comes of it is remembered."""
        try:
            self._player.play(wave, name)
        except PlayFailed:
            self._failures, self._failed_at = self._failures + 1, self._clock()
            raise
        self._failures = 0
