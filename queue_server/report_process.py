"""The day's figures are computed in a process of their own, so that the event loop never waits.

The child keeps the fold of the day it was last asked for and reads only what was appended since.
It ends by itself when its input closes or nobody has asked for a while.
"""

import json
import select
import subprocess
import sys
import threading
from datetime import datetime
from typing import IO, Any, cast

#: A child that has not answered for this long is given up, in seconds.
ANSWER_WITHIN_S = 10
#: A child that nobody has asked for this long ends, in seconds.
IDLE_S = 120


class ReportFailed(Exception):
    """The report process answered with an error; the message says which."""


class ReportProcess:
    """Asks the child, starting it when needed; one question at a time."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def ask(self, hall_id: str, date: str | None, now: datetime) -> dict[str, Any]:
        """The report of a day, or of the latest when ``date`` is None, at the real time ``now``: docs/protocol.md.

        Raises ReportFailed. A child that died is started again, once.
        """
        question = json.dumps({"hall": hall_id, "date": date, "now": now.isoformat()}).encode() + b"\n"
        with self._turn:
            line = self._ask_child(question) or self._ask_child(question)
        answer = cast(dict[str, Any], json.loads(line or b'{"error": "internal"}'))
        if "error" in answer:
            raise ReportFailed(answer["error"])
        return answer

    def _ask_child(self, question: bytes) -> bytes:
        child = self._running()
        try:
            _pipe(child.stdin).write(question)
            _pipe(child.stdin).flush()
            if not select.select([_pipe(child.stdout)], [], [], ANSWER_WITHIN_S)[0]:
                self._bury()
                raise ReportFailed("busy")
            return _pipe(child.stdout).readline()
        except (BrokenPipeError, ValueError):
            return b""

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._child is None or self._child.poll() is not None:
            self._bury()
            command = [sys.executable, "-m", "queue_server.report_worker"]
            self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=-1)
            # By the pipe, not the command line: a database URL may hold a password.
            _pipe(self._child.stdin).write(json.dumps(self._url).encode() + b"\n")
        return self._child

    def _bury(self) -> None:
        """End the child if it lives, and close its pipes."""
        if self._child is not None:
            with self._child:
                self._child.kill()
            self._child = None

    def close(self) -> None:
        self._bury()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream
