"""Has the voice's worker make the wave: one process a phrase, watched, tried twice."""

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from queue_server import protocol

logger = logging.getLogger(__name__)

#: A worker needs 0.3 s, on a machine with much other work 3 s; one that takes longer than this hangs and is killed.
WATCHDOG_S = 6.0
ATTEMPTS = 2
#: After a worker has got its words the next one is started so much later, that it does not disturb the first sound;
#: one that ended before it was asked is replaced later than that. In seconds.
NEXT_AFTER_S, AGAIN_AFTER_S = 1.0, 10.0
#: One that has stood by for so long is replaced: clips or voices may have been changed meanwhile. In seconds.
STANDS_BY_FOR_S = 3600.0

#: The worker is named, not imported: of the server the box knows the protocol only.
WORKER = ("-m", "queue_server.voice.worker")


class RenderFailed(Exception):
    """No wave could be made."""


@dataclass(frozen=True)
class Wave:
    path: Path
    ms: int


class Renderer:
    """Makes waves in ``folder``; whoever gets one removes it.

    Where ``stand_by`` is called now and then, a worker is always ready and only waits for its words.
    """

    def __init__(
        self,
        folder: Path,
        command: tuple[str, ...] = (sys.executable, *WORKER),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder, self._command, self._clock = folder, command, clock
        #: One thread renders, another sees to it that a worker stands by.
        self._changing = threading.Lock()
        self._ready: subprocess.Popen[str] | None = None
        self._ready_since, self._not_before = 0.0, 0.0

    def check(self) -> str:
        """The voice that will speak. Raises RenderFailed with what the operator must do."""
        return str(_answered(self._started("--check"), "")["voice"])

    def stand_by(self) -> None:
        """Have a worker ready for the next announcement. Cheap: a look, and seldom the start of a process."""
        with self._changing:
            now, worker = self._clock(), self._ready
            if worker is not None and worker.poll() is not None:
                logger.warning("a voice that stood by has ended with %s", worker.returncode)
                self._let_go(AGAIN_AFTER_S)
            elif worker is not None and now - self._ready_since >= STANDS_BY_FOR_S:
                self._let_go(0.0)
            if self._ready is None and now >= self._not_before:
                self._ready, self._ready_since = self._started("--stand-by", "helped"), now

    def close(self) -> None:
        """Nobody stands by any more."""
        with self._changing:
            self._let_go(float("inf"))

    def _let_go(self, pause_s: float) -> None:
        if self._ready is not None:
            _discard(self._ready)
        self._ready, self._not_before = None, self._clock() + pause_s

    def render(self, seq: int, words: dict[str, Any]) -> Wave:
        """The announcement as a wave. A worker that fails or hangs gets one more try, with the first language, said
        once, if there were several: on a machine that is too busy for all, the number comes first. Then RenderFailed.
        """
        path = self._folder / f"{seq}.wav"
        for attempt in range(1, ATTEMPTS + 1):
            try:
                answer = self._answer(path, words)
                return Wave(path, int(answer["ms"]))
            except RenderFailed as failure:
                if attempt == ATTEMPTS:
                    raise
                logger.warning("announcement %s: %s; once more, and shorter", seq, failure)
                words = _shorter(words)
        raise AssertionError("unreachable")

    def _answer(self, path: Path, words: dict[str, Any]) -> dict[str, Any]:
        """From the worker that stands by, if there is one; each says one announcement."""
        with self._changing:
            ready, self._ready = self._ready, None
            self._not_before = max(self._not_before, self._clock() + NEXT_AFTER_S)
        if ready is not None and ready.poll() is not None:
            _discard(ready)
            ready = None
        if ready is None:
            return _answered(self._started("--out", str(path)), json.dumps(words))
        return _answered(ready, json.dumps(words | {"out": str(path)}))

    def _started(self, *options: str) -> "subprocess.Popen[str]":
        root = str(Path(protocol.__file__).parents[1])
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([root, *_python_path()])}
        return subprocess.Popen(  # noqa: S603 - our own worker, no shell; a group, as it has workers of its own
            [*self._command, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, env=environment, start_new_session=True,
        )  # fmt: skip


def _answered(worker: "subprocess.Popen[str]", said: str) -> dict[str, Any]:
    try:
        told, complained = worker.communicate(said, timeout=WATCHDOG_S)
    except subprocess.TimeoutExpired:
        raise RenderFailed(f"the voice hung and was killed after {WATCHDOG_S} s") from None
    finally:
        _end(worker)
    answer = _last_line(told)
    if worker.returncode != 0:
        problem = answer.get("problem") or complained.strip()[-400:] or "no word why"
        raise RenderFailed(f"{problem} (worker's exit code {worker.returncode})")
    return answer


def _end(worker: "subprocess.Popen[str]") -> None:
    """Leave none of its processes behind; one that has ended by itself left none."""
    if worker.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.communicate()


def _discard(worker: "subprocess.Popen[str]") -> None:
    """One that never got its words."""
    _end(worker)
    for pipe in (worker.stdin, worker.stdout, worker.stderr):
        if pipe is not None:
            pipe.close()


def _shorter(words: dict[str, Any]) -> dict[str, Any]:
    script = words.get("script")
    return words | {"script": script | {"langs": script["langs"][:1]}} if script else words


def _python_path() -> list[str]:
    kept = os.environ.get("PYTHONPATH")
    return [kept] if kept else []


def _last_line(output: str) -> dict[str, Any]:
    try:
        return dict(json.loads(output.strip().rpartition("\n")[2]))
    except (ValueError, TypeError):
        return {}
