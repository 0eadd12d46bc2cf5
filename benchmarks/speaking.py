"""Call pressed → sound starts: a real server and a real box; only ``aplay`` is a stand-in that notes when it began.

Run as ``python -m benchmarks.speaking [--calls N] [--voice bank|espeak]``. Each call comes when the loudspeaker is
idle. ``bank`` is a made-up one: clips coded as the real ones are, of their length, and noise instead of words.
Exit code 1 when the bar is missed.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import requests
from tqdm import tqdm

from benchmarks.hall import HALL, Clerk, Served, served
from benchmarks.report import Row, median, percentile, table
from queue_server.voice.chime import LASTS_MS
from tests.support.servers import ROOT, wait_until
from tests.voice import banks

#: From the press to the first sound, which is the chime, in milliseconds. The first word comes 1.0 s after it.
BAR_MS = 1300.0
#: Calls before those that count: the box takes its zone, files are read for the first time.
WARM_UP = 1
#: Pause after each: a real announcement lasts longer, and meanwhile the next worker gets ready.
IDLE_S = 3.0
#: What stands for ``aplay``: lists a card, and for a wave notes the time at which it was to sound.
APLAY = """#!/bin/sh
[ "$1" = -l ] && { echo "card 0: stand-in"; exit 0; }
date +%s%N >> "$STARTS"
"""
CLIPS = [
    *(f"zh/number/{figures:03d}" for figures in range(1, 201)),
    *(f"{lang}/letter/A" for lang in ("zh", "en")),
    *(f"en/{kind}/{figure}" for kind in ("digit", "last") for figure in range(10)),
    *(f"{lang}/window/1" for lang in ("zh", "en")),
]


@dataclass
class Loudspeaker:
    """The box, and what its stand-in noted."""

    starts: Path

    def count(self) -> int:
        return len(self.starts.read_text().split()) if self.starts.exists() else 0

    def latest_ns(self) -> int:
        return int(self.starts.read_text().split()[-1])


@contextlib.contextmanager
def loudspeaker_in(folder: Path) -> Iterator[tuple[Loudspeaker, dict[str, str]]]:
    """The stand-in, and the environment in which it is found."""
    stand_in, starts = folder / "bin" / "aplay", folder / "starts"
    stand_in.parent.mkdir()
    stand_in.write_text(APLAY)
    stand_in.chmod(0o755)
    yield Loudspeaker(starts), {"PATH": f"{stand_in.parent}:{os.environ['PATH']}", "STARTS": str(starts)}


@contextlib.contextmanager
def box(hall: Served, folder: Path, bank: str, play: str = "aplay", **environment: str) -> Iterator[None]:
    """A box that has connected and taken the hall's zone."""
    log = folder / "log"
    code = hall.server.run("device", "screen", "box").stdout.split()[0]
    command = [sys.executable, "-m", "display_client", "--server", hall.server.address, "--code", code]
    command += ["--state-dir", str(folder / "state"), "--play", play]
    environment = os.environ | {"HALL_VOICE_BANK": bank} | environment
    with log.open("w") as told:
        program = subprocess.Popen(command, cwd=ROOT, stderr=told, env=environment, start_new_session=True)  # noqa: S603
    try:
        wait_until(lambda: "is this box's" in log.read_text(), what="the box's zone")
        yield
    finally:
        program.send_signal(signal.SIGTERM)
        program.wait(30)


def made_up_bank(folder: Path) -> Path:
    """Every clip of one kind is the same noise."""
    kinds = {kind: banks.sound(kind, seconds) for kind, seconds in (("letter", 0.6), ("number", 1.1), ("other", 0.5))}
    return Path(banks.write(folder, CLIPS, sounds={key: kinds.get(key.split("/")[1], kinds["other"]) for key in CLIPS}))


def sample(clerk: Clerk, loudspeaker: Loudspeaker, address: str) -> float:
    """Milliseconds from the press to the sound; afterwards everything is as it was."""
    known, request, pressed = loudspeaker.count(), clerk.call, time.time_ns()
    clerk.http.send(request)
    ticket = clerk.answer()["ticket"]
    wait_until(lambda: loudspeaker.count() > known, what="the sound")
    took = (loudspeaker.latest_ns() - pressed) / 1e6
    wait_until(lambda: state(address, ticket["number"]) == "ended", what=f"the end of {ticket['number']}")
    leave(clerk, ticket["id"])
    time.sleep(IDLE_S)
    return took


@contextlib.contextmanager
def sitting(hall: Served, *windows: str) -> Iterator[list[Clerk]]:
    """Clerks at these windows."""
    clerks = [Clerk(hall.server.port, window).sit() for window in windows]
    try:
        yield clerks
    finally:
        for clerk in clerks:
            clerk.http.close()


def leave(clerk: Clerk, ticket: str) -> None:
    """Whoever was called leaves, another takes a number."""
    clerk.press(f"/tickets/{ticket}/departures")
    clerk.http.send(clerk.issue)
    clerk.answer()


def state(address: str, number: str) -> str:
    """What became of the latest announcement of a number; empty when there is none."""
    whole = requests.get(f"{address}/api/halls/{HALL}/snapshot", timeout=5).json()["snapshot"]
    return next((str(row["state"]) for row in whole["announcements"] if row["number"] == number), "")


def measure(calls: int, voice: str, show: Callable[[], object] = lambda: None) -> list[float]:
    """Milliseconds from each press to its sound."""
    took = []
    with tempfile.TemporaryDirectory() as name, served(Path(name, "data")) as hall, sitting(hall, "1") as (clerk,):
        folder = Path(name)
        bank = str(made_up_bank(folder / "bank")) if voice == "bank" else "none"
        with loudspeaker_in(folder) as (loudspeaker, environment), box(hall, folder, bank, **environment):
            for _ in range(calls + WARM_UP):
                took.append(sample(clerk, loudspeaker, hall.server.address))
                show()
    return took[WARM_UP:]


def rows(voice: str, took: list[float]) -> list[Row]:
    what, chime = f"call → sound, {voice}", LASTS_MS["long"]
    return [
        Row(f"{what}, median", median(took), "ms"),
        Row(f"{what}, p95", percentile(took, 95), "ms", bar=BAR_MS),
        Row(f"{what}, longest", max(took), "ms"),
        Row("p95 with the chime, to the first word", percentile(took, 95) + chime, "ms"),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speaking", description=__doc__)
    parser.add_argument("--calls", type=int, default=50)
    parser.add_argument("--voice", choices=("bank", "espeak"), default="bank")
    asked = parser.parse_args()
    with tqdm(total=asked.calls + WARM_UP, desc=f"call → sound, {asked.voice}", leave=False) as bar:
        found = rows(asked.voice, measure(asked.calls, asked.voice, bar.update))
    sys.stdout.write(f"load average {os.getloadavg()[0]:.1f}\n{table(found)}\n")
    return 1 if any(row.missed for row in found) else 0


if __name__ == "__main__":
    sys.exit(main())
