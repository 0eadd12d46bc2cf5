"""Speaks made-up calls through the worker and reports times, lengths and levels: ``-m queue_server.voice.rehearse``.

For a new machine, a new espeak-ng, or a changed table of letters. One worker process per phrase, as in the hall.
Calls that the bank says are also decoded: the clips found in the wave must be the plan (``matched``).
Leaves with 1 when any of them failed.
"""

import argparse
import array
import itertools
import json
import random
import subprocess
import sys
import tempfile
import time
import wave
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from queue_server.voice import bank as clips
from queue_server.voice import library, plan
from queue_server.voice.normalise import LETTERS

#: What is reported, with its decimals.
MEASURES = (
    ("took_ms", 0), ("ms", 0), ("syllable_ms", 0), ("peak", 2), ("rms", 3), ("least_fit", 4), ("best_wrong", 3),
)  # fmt: skip
#: Letters of lines; V and Y only stand before another.
LINES = [letter for letter in LETTERS if letter not in "VY"]
#: Ordinary, care, appointment.
CLASSES = ("", "V", "Y")
WINDOWS = range(121)
#: The columns of the table.
COLUMNS = ("number", "window", "repeat", "words", "voice", "found in the wave", "least fit", "best wrong", "right")


def calls(count: int, seed: int) -> list[dict[str, Any]]:
    """So many different-looking announcements, the same ones for the same seed.

    Letters with their classes, and windows, come in turn, each in an order of its own: 200 have all of them.
    """
    pick = random.Random(seed)  # noqa: S311 # nosec B311 - repeatable, nothing secret
    letters = [f"{kind}{letter}" for kind in CLASSES for letter in LINES]
    windows = list(WINDOWS)
    pick.shuffle(letters)
    pick.shuffle(windows)
    place = itertools.cycle(windows)
    return [_call(pick, letters[n % len(letters)], place) for n in range(count)]


def _call(pick: random.Random, letters: str, place: Iterator[int]) -> dict[str, Any]:
    number, repeat = f"{letters}{pick.randint(1, 1200):03d}", pick.random() < 0.2
    desk = pick.choice([None, 1, 2, 3, 4, 5])
    window = {"kind": "zero", "number": desk} if "Z" in letters else {"kind": "specialist", "number": next(place)}
    return {"number": number, "window": window, "repeat": repeat}


def rehearse(call: dict[str, Any], out: Path, lang: plan.Lang) -> dict[str, Any]:
    """The worker's answer for one call, with ``took_ms`` (the whole process) and ``syllable_ms`` added."""
    command = [sys.executable, "-m", "queue_server.voice.worker", "--lang", lang, "--out", str(out)]
    began = time.perf_counter()
    done = subprocess.run(command, input=json.dumps(call), capture_output=True, text=True, check=False)  # noqa: S603
    answer: dict[str, Any] = {"took_ms": 1000 * (time.perf_counter() - began), "code": done.returncode}
    answer |= json.loads(done.stdout or "{}")
    answer["right"] = done.returncode == 0
    if answer["right"]:
        words = plan.engine_text(plan.text(plan.Announcement.of(call), lang), lang)
        answer["syllable_ms"] = answer["ms"] / plan.syllables(words)
    return answer


def decoded(call: dict[str, Any], out: Path, lang: plan.Lang, bank: library.Library, decoder: Any) -> dict[str, Any]:
    """``right``: whether the clips found in the wave are those of the plan; how well they fit, and the next best."""
    pieces = clips.pieces(plan.Announcement.of(call), lang, bank) or []
    with wave.open(str(out), "rb") as file:
        found = decoder.decode(array.array("h", file.readframes(file.getnframes())))
    right = found.keys == tuple(piece.key for piece in pieces)
    return {"right": right, "found": found.keys, "least_fit": found.least, "best_wrong": found.best_wrong}


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
    parser.add_argument(
        "--table", type=Path, metavar="FILE", help="write every call with what was found (tab-separated)"
    )
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        said = list(spoken(calls(options.count, options.seed), Path(folder, "call.wav"), options.lang))
    if options.table:
        options.table.write_text("\n".join(table(said, options.lang)) + "\n", encoding="utf-8")
    sys.stdout.write("\n".join(report(said)) + "\n")
    return 0 if all(answer["right"] for _, answer in said) else 1


def spoken(wanted: Iterable[dict[str, Any]], out: Path, lang: plan.Lang) -> Iterator[tuple[dict[str, Any], Any]]:
    """Each call with its answer."""
    bank = library.open_bank()
    decoder = _decoder(bank) if bank.clips else None
    for call in tqdm(list(wanted), unit=" calls", mininterval=5):
        answer = rehearse(call, out, lang)
        if decoder is not None and answer.get("tier") == "bank":
            answer |= decoded(call, out, lang, bank, decoder)
        yield call, answer


def _decoder(bank: library.Library) -> Any:
    from queue_server.voice import matched  # NumPy: only where there is a bank

    return matched.Decoder(bank)


def table(said: Sequence[tuple[dict[str, Any], Any]], lang: plan.Lang) -> list[str]:
    """One line for each call: what was to be said, by which voice it was, and which clips were found in the wave."""
    rows = [COLUMNS, *(_row(call, answer, lang) for call, answer in said)]
    return ["\t".join(row) for row in rows]


def _row(call: dict[str, Any], answer: dict[str, Any], lang: plan.Lang) -> tuple[str, ...]:
    window, fits = (
        call["window"],
        [f"{answer[name]:.3f}" if name in answer else "" for name in ("least_fit", "best_wrong")],
    )
    place = f"{window['kind']} {window['number'] or ''}" if window["kind"] == "zero" else str(window["number"])
    words = plan.text(plan.Announcement.of(call), lang)
    heard = (str(answer.get("tier", "")), " ".join(answer.get("found", ())), *fits)
    return (
        call["number"],
        place.strip(),
        "yes" if call["repeat"] else "",
        words,
        *heard,
        "yes" if answer["right"] else "NO",
    )


def report(said: Sequence[tuple[dict[str, Any], Any]]) -> list[str]:
    """What failed, how many by which voice, and the spread of times, lengths and levels."""
    lines = [f"{call['number']}: {answer}" for call, answer in said if not answer["right"]]
    right = [answer for _, answer in said if answer["right"]]
    tiers = Counter(answer["tier"] for answer in right)
    lines.append(f"{len(right)} of {len(said)} right ({dict(tiers)}); least / median / p95 / greatest:")
    for name, digits in MEASURES:
        values = [answer[name] for answer in right if name in answer]
        lines += [f"{name:12} {spread(values, digits)}"] if values else []
    return lines


if __name__ == "__main__":
    sys.exit(main())
