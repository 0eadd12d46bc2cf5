"""Speaks made-up calls through the worker and reports times, lengths and levels: ``-m queue_server.voice.rehearse``.

For a new machine, a new espeak-ng, or a changed table of letters. One worker process per phrase, as in the hall.
Leaves with 1 when any of them failed.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from queue_server.voice import plan
from queue_server.voice.normalise import LETTERS

#: Letters of lines; V and Y only stand before another.
LINES = [letter for letter in LETTERS if letter not in "VY"]


def calls(count: int, seed: int) -> list[dict[str, Any]]:
    """So many different-looking announcements, the same ones for the same seed."""
    pick = random.Random(seed)  # noqa: S311 # nosec B311 - repeatable, nothing secret
    return [_call(pick) for _ in range(count)]


def _call(pick: random.Random) -> dict[str, Any]:
    number = f"{pick.choice(['', '', 'V', 'Y'])}{pick.choice(LINES)}{pick.randint(1, 1200):03d}"
    window: dict[str, Any] = {"kind": "specialist", "number": pick.randint(1, 120)}
    if "Z" in number:
        window = {"kind": "zero", "number": pick.choice([None, 1, 2, 3, 4, 5])}
    return {"number": number, "window": window, "repeat": pick.random() < 0.2}


def rehearse(call: dict[str, Any], out: Path, lang: plan.Lang) -> dict[str, Any]:
    """The worker's answer for one call, with ``took_ms`` (the whole process) and ``syllable_ms`` added."""
    command = [sys.executable, "-m", "queue_server.voice.worker", "--lang", lang, "--out", str(out)]
    began = time.perf_counter()
    done = subprocess.run(command, input=json.dumps(call), capture_output=True, text=True, check=False)  # noqa: S603
    answer: dict[str, Any] = {"took_ms": 1000 * (time.perf_counter() - began), "code": done.returncode}
    answer |= json.loads(done.stdout or "{}")
    if done.returncode == 0:
        words = plan.engine_text(plan.text(plan.Announcement.of(call), lang), lang)
        answer["syllable_ms"] = answer["ms"] / plan.syllables(words)
    return answer


def spread(values: Iterable[float], digits: int = 0) -> str:
    """Least, median, 95th of a hundred, greatest."""
    ordered = sorted(values)
    at = [ordered[int(share * (len(ordered) - 1))] for share in (0, 0.5, 0.95, 1)]
    return " / ".join(f"{value:.{digits}f}" for value in at)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="queue_server.voice.rehearse")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "call.wav")
        said = [(call, rehearse(call, out, options.lang)) for call in calls(options.count, options.seed)]
    right = [answer for _, answer in said if answer["code"] == 0]
    lines = [f"{call['number']}: {answer}" for call, answer in said if answer["code"] != 0]
    lines.append(f"{len(right)} of {len(said)} right; least / median / p95 / greatest:")
    for name, digits in (("took_ms", 0), ("ms", 0), ("syllable_ms", 0), ("peak", 2), ("rms", 3)):
        lines += [f"{name:12} {spread((answer[name] for answer in right), digits)}"] if right else []
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if len(right) == len(said) else 1


if __name__ == "__main__":
    sys.exit(main())
