"""The keypad's sending hand: one press at a time, on a thread of its own, repeated until it is answered."""

import queue
import threading
import time
from collections.abc import Callable
from typing import Final

from counter_client import moment
from counter_client.api import Patience
from counter_client.memory import Memory
from counter_client.news import pause
from counter_client.presser import STILL_MEANT_S, Outcome, Presser, Words
from counter_client.seats import READING_S, NotSignedIn, desk
from counter_client.window_view import View

#: One try: between two tries the clerk is told.
ONCE: Final = Patience(deadline_s=0.0, reading_s=READING_S)
Job = tuple[str, Words, View]


class Hand:
    """``told`` hears of doubt (None) and of the end; both on the hand's thread."""

    def __init__(self, memory: Memory, told: Callable[[Outcome | None], None]) -> None:
        self._memory, self._told = memory, told
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._again = threading.Event()

    def send(self, command: str, words: Words, view: View) -> None:
        self._jobs.put((command, words, view))

    def hurry(self) -> None:
        """The server is heard of again: do not wait for the next try."""
        self._again.set()

    def stop(self) -> None:
        self._jobs.put(None)
        self._again.set()

    def run(self, stopping: threading.Event) -> None:
        left = self._memory.press()
        if left is not None and moment.now() - left.at < STILL_MEANT_S:
            self._follow(Outcome("unconfirmed", left.command, left.action, left.subject), stopping)
        # Not ``stopping``: what was pressed before the stop is sent.
        while (job := self._jobs.get()) is not None:
            self._follow(self._press(*job), stopping)

    def _press(self, command: str, words: Words, view: View) -> Outcome:
        try:
            api, _ = desk(self._memory, ONCE)
        except NotSignedIn:
            return Outcome("refused", command, error="not_signed_in")
        return Presser(api, self._memory).press(command, words, lambda: view, moment.now())

    def _follow(self, outcome: Outcome, stopping: threading.Event) -> None:
        """Repeat an unanswered press under its key for a minute; longer it is not meant any more."""
        give_up, tries = time.monotonic() + STILL_MEANT_S, 0
        while outcome.kind == "unconfirmed" and time.monotonic() < give_up and not stopping.is_set():
            self._told(None)
            self._again.clear()
            self._again.wait(pause(tries))
            tries += 1
            outcome = self._once_more(outcome)
        self._told(outcome)

    def _once_more(self, before: Outcome) -> Outcome:
        try:
            api, _ = desk(self._memory, ONCE)
        except NotSignedIn:
            return before
        # None: another process of this desk is at it, or has settled it; the news will show what it did.
        return Presser(api, self._memory).again() or Outcome("ignored", before.command, error="under_way")
