"""Keeps the box's place in the hall: who it is, whether it can be heard, and which zones it holds."""

import logging
import time
from collections.abc import Callable
from typing import Protocol

from display_client.calls import CallQueue
from display_client.duty import Me
from display_client.orders import Refused, Unreachable
from display_client.sound import Sound

logger = logging.getLogger(__name__)

#: The server judges by what is written down of the sign of life, once a second: ask later than that, in seconds.
AFTER_CONNECT_S = 2.0
#: How often a zone is asked for that nobody holds, and one that another box holds, in seconds.
FREE_EVERY_S, HELD_EVERY_S = 2.0, 15.0
#: A manager may put the box into another zone: how often it asks where it stands, in seconds.
WHO_EVERY_S = 60.0
#: The same while the server has not said it yet.
UNKNOWN_EVERY_S = 2.0


class Asking(Protocol):
    """What the keeper asks of the server; ``orders.Orders`` in the hall."""

    def who_am_i(self) -> Me | None: ...
    def ask_for(self, zone: str) -> None: ...


class Keeper:
    """Works in the speaker's thread, between calls."""

    def __init__(
        self, queue: CallQueue, asking: Asking, sound: Sound, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._queue, self._asking, self._sound, self._clock = queue, asking, sound, clock
        #: Since when the server hears this box; None while it does not. The program's thread sets it.
        self.connected_at: float | None = None
        self._known_at: float | None = None
        self._asked_at: dict[str, float] = {}

    def look_after(self) -> None:
        """One round: sound, name, zones. Never waits long; what fails is tried again in a later round."""
        self._sound.look()
        self._queue.audible = self._sound.audible
        now = self._clock()
        if self.connected_at is None:
            return
        self._learn_name(now)
        if self._queue.audible and now - self.connected_at >= AFTER_CONNECT_S:
            self._ask_for_zones(now)

    def moved(self) -> None:
        """The server says that this is not our zone: ask again where we stand."""
        self._known_at = None

    def _learn_name(self, now: float) -> None:
        every_s = WHO_EVERY_S if self._queue.me.id else UNKNOWN_EVERY_S
        if self._known_at is not None and now - self._known_at < every_s:
            return
        self._known_at = now
        known = self._asking.who_am_i()
        if known is not None and known != self._queue.me:
            logger.info("this box speaks in %s", known.zone or "all zones")
            self._queue.me = known

    def _ask_for_zones(self, now: float) -> None:
        for zone in self._queue.unheld() if self._queue.me.id else ():
            every_s = FREE_EVERY_S if self._queue.announcer(zone) is None else HELD_EVERY_S
            if now - self._asked_at.get(zone, -HELD_EVERY_S) < every_s:
                continue
            self._asked_at[zone] = now
            try:
                self._asking.ask_for(zone)
                logger.info("zone %s is this box's", zone)
            except Refused as refusal:
                logger.debug("zone %s: %s", zone, refusal.code)
            except Unreachable:
                return
