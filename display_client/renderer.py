"""Has the voice's worker make the wave: one process a phrase, watched, tried twice."""

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from queue_server import protocol

logger = logging.getLogger(__name__)

#: A worker needs 0.3 s, on a machine with much other work 3 s; one that takes longer than this hangs and is killed.
WATCHDOG_S = 6.0
ATTEMPTS = 2

#: The worker is named, not imported: of the server the box knows the protocol only.
WORKER = ("-m", "queue_server.voice.worker")


class RenderFailed(Exception):
    """No wave could be made."""


@dataclass(frozen=True)
class Wave:
    path: Path
    ms: int


class Renderer:
    """Makes waves in ``folder``; whoever gets one removes it."""

    def __init__(self, folder: Path, command: tuple[str, ...] = (sys.executable, *WORKER)) -> None:
        self._folder = folder
        self._command = command

    def check(self) -> str:
        """The voice that will speak. Raises RenderFailed with what the operator must do."""
        return str(self._run(["--check"], "")["voice"])

    def render(self, seq: int, words: dict[str, Any]) -> Wave:
        """The announcement as a wave. A worker that fails or hangs gets one more try, with the first language, said
        once, if there were several: on a machine that is too busy for all, the number comes first. Then RenderFailed.
        """
        path = self._folder / f"{seq}.wav"
        for attempt in range(1, ATTEMPTS + 1):
            try:
                answer = self._run(["--out", str(path)], json.dumps(words))
                return Wave(path, int(answer["ms"]))
            except RenderFailed as failure:
                if attempt == ATTEMPTS:
                    raise
                logger.warning("announcement %s: %s; once more, and shorter", seq, failure)
                words = _shorter(words)
        raise AssertionError("unreachable")

    def _run(self, options: list[str], said: str) -> dict[str, Any]:
        command = [*self._command, *options]
        root = str(Path(protocol.__file__).parents[1])
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([root, *_python_path()])}
        worker = subprocess.Popen(  # noqa: S603 - our own worker, no shell; a group, as it has workers of its own
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
            start_new_session=True,
        )  # fmt: skip
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
