"""Speaks one call after another: render, claim, sound, acknowledge. Never claims what it could not sound."""

import logging
import threading
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Protocol

from display_client.calls import Call, CallQueue
from display_client.orders import Refused, Unreachable
from display_client.player import Player, PlayFailed
from display_client.renderer import RenderFailed, Wave

logger = logging.getLogger(__name__)

#: How often the speaker looks whether the program is ending, in seconds.
LOOK_UP_S = 0.5
#: Refusals that no retry mends: the box is no device of the hall any more.
OUTCAST = frozenset({"not_signed_in", "forbidden"})


class Announcing(Protocol):
    """The orders a speaker gives; ``orders.Orders`` in the hall."""

    def starts(self, seq: int, key: str) -> None: ...
    def ends(self, seq: int, key: str) -> None: ...
    def failures(self, seq: int, key: str, reason: str) -> None: ...


class Rendering(Protocol):
    def render(self, seq: int, words: dict[str, Any]) -> Wave: ...


class Outcome(StrEnum):
    """What became of a call."""

    SPOKEN = "spoken"
    #: Out of date, or another box speaks it.
    SKIPPED = "skipped"
    #: Could not be rendered or sounded; the server was told.
    FAILED = "failed"
    #: The server did not answer the claim: nothing sounded.
    UNCLAIMED = "unclaimed"


class Speaker:
    """Empties the queue, one call at a time, in a thread of its own."""

    def __init__(
        self,
        queue: CallQueue,
        orders: Announcing,
        renderer: Rendering,
        player: Player,
        outcast: Callable[[str], None],
    ) -> None:
        self._queue, self._orders, self._renderer, self._player = queue, orders, renderer, player
        #: Told when the server no longer takes this box for a device of the hall.
        self._outcast = outcast

    def run(self, stopping: threading.Event) -> None:
        """Speak until told to stop; a call in hand is spoken to its end."""
        while not stopping.is_set():
            call = self._queue.take(LOOK_UP_S)
            if call is not None:
                self.speak(call)

    def speak(self, call: Call) -> Outcome:
        """One call, from its words to the acknowledgement. Whatever goes wrong ends here, with word to the server."""
        if not self._queue.still_wanted(call):
            return Outcome.SKIPPED
        try:
            wave = self._renderer.render(call.seq, call.words())
        except RenderFailed as failure:
            return self._failed(call, "render", failure)
        try:
            outcome = self._sound(call, wave)
        finally:
            wave.path.unlink(missing_ok=True)
        logger.info("%s: %s", call.number, outcome)
        return outcome

    def _sound(self, call: Call, wave: Wave) -> Outcome:
        trouble = self._player.trouble()
        if trouble is not None:
            return self._failed(call, "device", trouble)
        if not self._queue.still_wanted(call):
            return Outcome.SKIPPED
        try:
            self._orders.starts(call.seq, call.key)
        except Refused as refusal:
            return self._refused(call, refusal)
        except Unreachable as silence:
            logger.warning("%s is not spoken: the server does not answer the claim: %s", call.number, silence)
            return Outcome.UNCLAIMED
        try:
            self._player.play(wave, f"{call.seq}-{call.number}")
        except PlayFailed as failure:
            return self._failed(call, "player", failure)
        self._tell(call, lambda: self._orders.ends(call.seq, call.key))
        return Outcome.SPOKEN

    def _failed(self, call: Call, reason: str, why: object) -> Outcome:
        logger.error("%s is not spoken (%s): %s", call.number, reason, why)
        self._tell(call, lambda: self._orders.failures(call.seq, call.key, reason))
        return Outcome.FAILED

    def _tell(self, call: Call, order: Callable[[], None]) -> None:
        """Give the order; when it cannot be given that is logged, and the next call's turn comes."""
        try:
            order()
        except Refused as refusal:
            self._refused(call, refusal)
        except Unreachable as silence:
            logger.warning("%s: the server was not told how it went: %s", call.number, silence)

    def _refused(self, call: Call, refusal: Refused) -> Outcome:
        if refusal.code in OUTCAST:
            self._outcast(refusal.code)
        elif refusal.code == "already_started":
            logger.info("%s: another box speaks it, or it is settled", call.number)
        else:
            logger.warning("%s: the server refuses: %s", call.number, refusal.code)
        return Outcome.SKIPPED
