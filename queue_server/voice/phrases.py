"""One phrase in several languages: a worker process for each other language, as pyttsx3 says one phrase a process."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from queue_server.voice.faults import EngineFailed, Exit, Undelivered
from queue_server.voice.plan import Lang

#: Less than the parent's watchdog; a phrase takes 0.2 s, on a machine with much other work 3 s.
WITHIN_S = 5.0
WORKER = (sys.executable, "-m", "queue_server.voice.worker")


@contextlib.contextmanager
def beside(
    asked: Mapping[str, Any], langs: Iterable[Lang], folder: Path, ready: "subprocess.Popen[str] | None" = None
) -> Iterator[Callable[[], dict[Lang, dict[str, Any]]]]:
    """Workers for these languages; what it gives waits for their answers, whose ``path`` is a checked wave in
    ``folder``, and raises Undelivered, ValueError. None of them outlives the context.

    ``ready``: one that stands by already and takes the first of the languages.
    """
    said = {name: value for name, value in asked.items() if name != "script"}
    working: dict[Lang, subprocess.Popen[str]] = {}
    for lang in langs:
        worker = standing_by() if ready is None or ready.poll() is not None else ready
        working[lang], ready = worker, None
        _tell(worker, said | {"out": str(folder / f"{lang}.wav"), "lang": lang})
    try:
        yield lambda: {lang: _finished(worker) for lang, worker in working.items()}
    finally:
        for worker in working.values():
            worker.kill()
            worker.wait()
            if worker.stdout:
                worker.stdout.close()


def standing_by() -> "subprocess.Popen[str]":
    """A worker for one phrase; it waits for its words."""
    command = [*WORKER, "--stand-by", "alone"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603


def _tell(worker: "subprocess.Popen[str]", said: Mapping[str, Any]) -> None:
    assert worker.stdin
    with contextlib.suppress(BrokenPipeError):  # it ended before its time; its answer says why
        worker.stdin.write(json.dumps(said))
        worker.stdin.close()
    worker.stdin = None


def _finished(worker: "subprocess.Popen[str]") -> dict[str, Any]:
    try:
        told, _ = worker.communicate(timeout=WITHIN_S)
    except subprocess.TimeoutExpired:
        raise EngineFailed(f"a phrase was not finished within {WITHIN_S} s") from None
    try:
        answer = dict(json.loads(told))
    except ValueError:
        raise EngineFailed(f"a phrase's worker left with {worker.returncode} and no word") from None
    if worker.returncode == Exit.BAD_ANNOUNCEMENT:
        raise ValueError(answer.get("problem"))
    if worker.returncode != Exit.DONE:
        raise _fault(worker.returncode, str(answer.get("problem")))
    return answer


def _fault(code: int, problem: str) -> Undelivered:
    """The fault that the phrase's worker ended with."""
    kinds = {kind.exit: kind for kind in Undelivered.__subclasses__()}
    return next((kind(problem) for exit_code, kind in kinds.items() if exit_code == code), EngineFailed(problem))
