"""Speaks one call after another: render, claim, sound, acknowledge. Never claims what it could not sound."""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any, Protocol

from display_client.call import Call, Turn
from display_client.calls import CallQueue
from display_client.keeper import Keeper
from display_client.orders import Refused, Unreachable
from display_client.player import PlayFailed
from display_client.renderer import RenderFailed, Wave
from display_client.sound import Sound

logger = logging.getLogger(__name__)

#: How often the speaker looks whether the program is ending, and after its zones, in seconds.
LOOK_UP_S = 0.5
#: Pause before a call is tried again that is another's just now, in seconds.
AGAIN_S = 1.5
#: Refusals that no retry mends: the box is no device of the hall any more.
OUTCAST = frozenset({"not_signed_in", "forbidden"})
#: Refusals after which the call stays in the queue: its turn, or its box, may come.
NOT_OURS = frozenset({"not_announcer", "not_your_zone"})


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
    #: Another box's turn, or this one is mute: it stays in the queue.
    LEFT = "left"
    #: Could not be rendered or sounded; the server was told.
    FAILED = "failed"
    #: The server did not answer the claim: nothing sounded, and it stays in the queue.
    UNCLAIMED = "unclaimed"


class _NotNow(Exception):
    """The call is not spoken now; the outcome says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class Speaker:
    """Empties the queue, one call at a time, in a thread of its own."""

    def __init__(
        self,
        queue: CallQueue,
        orders: Announcing,
        renderer: Rendering,
        sound: Sound,
        keeper: Keeper,
        outcast: Callable[[str], None],
    ) -> None:
        self._queue, self._orders, self._renderer = queue, orders, renderer
        self._sound, self._keeper = sound, keeper
        #: Told when the server no longer takes this box for a device of the hall.
        self._outcast = outcast

    def run(self, stopping: threading.Event) -> None:
        """Speak until told to stop; a call in hand is spoken to its end."""
        while not stopping.is_set():
            self._keeper.look_after()
            self.speak_next(LOOK_UP_S)

    def speak_next(self, patience_s: float) -> Outcome | None:
        """The next call whose turn it is; None when there is none within the patience."""
        turn = self._queue.take(patience_s)
        return None if turn is None else self.speak(turn)

    def speak(self, turn: Turn) -> Outcome:
        """One call, from its words to the acknowledgement. Whatever goes wrong ends here, with word to the server."""
        try:
            outcome = self._speak(turn)
        except _NotNow as reason:
            outcome = reason.outcome
        logger.info("%s: %s", turn.call.number, outcome)
        return outcome

    def _speak(self, turn: Turn) -> Outcome:
        call = self._wanted(turn.call)
        trouble = self._sound.look(now_at_once=True)
        if trouble is not None:
            return self._mute(call, trouble)
        if not turn.held:  # another's call, perhaps: nothing is rendered for it in vain
            call = self._claimed(call)
        wave = self._rendered(call, turn)
        try:
            return self._sounded(call, wave, turn)
        finally:
            wave.path.unlink(missing_ok=True)

    def _sounded(self, call: Call, wave: Wave, turn: Turn) -> Outcome:
        if turn.held:
            claimed = self._claimed(self._wanted(call))
            if claimed != call:  # one of several was taken or withdrawn: it must not be said
                call, wave = claimed, self._rendered(claimed, turn)
        try:
            self._sound.play(wave, f"{call.seq}-{call.number}")
        except PlayFailed as failure:
            return self._failed(call, "player", failure)
        for one in call.each():
            self._tell(one, lambda one=one: self._orders.ends(one.seq, one.key))  # type: ignore[misc]
        return Outcome.SPOKEN

    def _wanted(self, call: Call) -> Call:
        return self._only(call, [one for one in call.each() if self._queue.still_wanted(one)], Outcome.SKIPPED)

    @staticmethod
    def _only(call: Call, left: list[Call], otherwise: Outcome) -> Call:
        """The announcement for those that are left of it."""
        if not left:
            raise _NotNow(otherwise)
        return call if len(left) == len(call.each()) else replace(left[0], also=tuple(left[1:]))

    def _rendered(self, call: Call, turn: Turn) -> Wave:
        try:
            return self._renderer.render(call.seq, call.words() | {"script": turn.script.told()})
        except RenderFailed as failure:
            raise _NotNow(self._failed(call, "render", failure)) from None

    def _claimed(self, call: Call) -> Call:
        """What the server lets this box say of it."""
        outcomes = {one.seq: self._claim(one) for one in call.each()}
        left = [one for one in call.each() if outcomes[one.seq] is None]
        return self._only(call, left, next(iter(outcomes.values())) or Outcome.SKIPPED)

    def _claim(self, call: Call) -> Outcome | None:
        """None when it is ours."""
        try:
            self._orders.starts(call.seq, call.key)
        except Refused as refusal:
            return self._refused(call, refusal)
        except Unreachable as silence:
            logger.warning("%s is not spoken: the server does not answer the claim: %s", call.number, silence)
            self._queue.put_back(replace(call, also=()), AGAIN_S)
            return Outcome.UNCLAIMED
        return None

    def _mute(self, call: Call, trouble: str) -> Outcome:
        """First leave it to a box that can be heard; when nobody is there, say that nothing sounds."""
        if self._queue.audible:
            self._queue.audible = False
            self._queue.put_back(call, 0.0)
            return Outcome.LEFT
        return self._failed(call, "device", trouble)

    def _failed(self, call: Call, reason: str, why: object) -> Outcome:
        logger.error("%s is not spoken (%s): %s", call.number, reason, why)
        for one in call.each():
            self._tell(one, lambda one=one: self._orders.failures(one.seq, one.key, reason))  # type: ignore[misc]
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
        if refusal.code in NOT_OURS:
            self._queue.put_back(replace(call, also=()), AGAIN_S)
            if refusal.code == "not_your_zone":
                self._keeper.moved()
            return Outcome.LEFT
        if refusal.code in OUTCAST:
            self._outcast(refusal.code)
        elif refusal.code == "already_started":
            logger.info("%s: another box speaks it, or it is settled", call.number)
        else:
            logger.warning("%s: the server refuses: %s", call.number, refusal.code)
        return Outcome.SKIPPED
