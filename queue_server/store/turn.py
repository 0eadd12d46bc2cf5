"""Whose turn it is to write: first come, first served."""

import threading
from collections import deque


class Turn:
    """A lock that is handed to whoever has waited longest.

    The standard library's gives it to whoever asks at the right moment, and eventlet's lets a newcomer in
    between the release and the next turn of the loop: an order could be overtaken by a dozen.
    """

    def __init__(self) -> None:
        #: Guards the two below, for moments.
        self._mutex = threading.Lock()
        self._held = False
        self._waiting: deque[threading.Lock] = deque()

    def acquire(self, timeout: float) -> bool:
        """Whether it was had within ``timeout`` seconds."""
        with self._mutex:
            if not self._held:
                self._held = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        try:
            return mine.acquire(timeout=timeout) or not self._gave_up(mine)
        except BaseException:
            # A green thread that was ended while it waited: nobody may hand it the turn, or it is gone.
            if not self._gave_up(mine):
                self.release()
            raise

    def _gave_up(self, mine: threading.Lock) -> bool:
        """False where the turn was handed over at the last moment."""
        with self._mutex:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return True
            return False

    def release(self) -> None:
        """Hand it on. Raises RuntimeError when nobody holds it."""
        with self._mutex:
            if not self._held:
                raise RuntimeError("nobody's turn is over")
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False
