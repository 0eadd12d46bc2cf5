"""Chromium's own remote control over two pipes (``--remote-debugging-pipe``): no port, nothing on the command line.

The browser reads messages from its descriptor 3 and writes to 4, each JSON with a zero byte after it.
"""

import contextlib
import itertools
import json
import os
import queue
import threading
import time
from collections.abc import Iterator
from typing import Any

#: How long the browser may take to answer, in seconds: a small box starts it slowly.
ANSWER_WITHIN_S = 60.0


class PipeBroken(Exception):
    """The browser is gone, or says that it cannot."""


class Pipe:
    """One browser's remote control. Opened before the browser starts, which gets ``theirs``."""

    def __init__(self) -> None:
        # Each end: what is read from, what is written to.
        (self._their_in, self._to), (self._from, self._their_out) = os.pipe(), os.pipe()
        self._numbers = itertools.count(1)
        self._answers: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        #: What the browser told without being asked: the names of its events.
        self.events: queue.SimpleQueue[str] = queue.SimpleQueue()

    @property
    def theirs(self) -> tuple[int, int]:
        """The browser's ends: read, write."""
        return self._their_in, self._their_out

    def started(self) -> None:
        """The browser has its ends now; ours close when it ends."""
        os.close(self._their_in)
        os.close(self._their_out)
        threading.Thread(target=self._read, name="browser pipe", daemon=True).start()

    def ask(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        """One order to the browser and its answer. Raises PipeBroken."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": params} | ({"sessionId": session} if session else {})
        try:
            os.write(self._to, json.dumps(message).encode() + b"\0")
        except OSError as error:
            raise PipeBroken(f"{method}: {error.strerror}") from None
        give_up_at = time.monotonic() + ANSWER_WITHIN_S
        while (answer := self._answer(method, give_up_at))["id"] != number:
            pass
        if "error" in answer:
            raise PipeBroken(f"{method}: {answer['error'].get('message')}")
        return dict(answer["result"])

    def _answer(self, method: str, give_up_at: float) -> dict[str, Any]:
        try:
            answer = self._answers.get(timeout=max(0.0, give_up_at - time.monotonic()))
        except queue.Empty:
            raise PipeBroken(f"{method}: no answer within {ANSWER_WITHIN_S} s") from None
        if answer is None:
            raise PipeBroken(f"{method}: the browser is gone")
        return answer

    def _read(self) -> None:
        for message in self._messages():
            if "id" in message:
                self._answers.put(message)
            else:
                self.events.put(str(message.get("method")))
        self._answers.put(None)
        os.close(self._from)

    def _messages(self) -> Iterator[dict[str, Any]]:
        rest = b""
        while data := os.read(self._from, 65536):
            *whole, rest = (rest + data).split(b"\0")
            yield from (json.loads(text) for text in whole)

    def close(self) -> None:
        """No more orders. The reading end closes itself when the browser has ended."""
        with contextlib.suppress(OSError):
            os.close(self._to)
