"""Where the sound goes: a sound card through ``aplay``, a folder, or nowhere, which is said and not hidden."""

import shutil
import subprocess
from pathlib import Path
from typing import Protocol

from display_client.renderer import Wave

#: How much longer than the wave ``aplay`` may take before it counts as stuck, in seconds.
GRACE_S = 5.0
LIST_WITHIN_S = 5.0


class PlayFailed(Exception):
    """The player began and did not come to the end."""


class Player(Protocol):
    def trouble(self) -> str | None:
        """Why nothing can sound just now, for the operator; None when it can."""

    def play(self, wave: Wave, name: str) -> None:
        """Sound the wave and return when it has ended. Raises PlayFailed."""


class Aplay:
    """The sound card, by ALSA's own player; what it answers is believed only with exit status 0."""

    def __init__(self, program: str = "aplay") -> None:
        self._program = program

    def trouble(self) -> str | None:
        if shutil.which(self._program) is None:
            return f"{self._program} is not installed: apt-get install alsa-utils"
        try:
            cards = subprocess.run(  # noqa: S603
                [self._program, "-l"], capture_output=True, text=True, timeout=LIST_WITHIN_S, check=False
            )
        except subprocess.TimeoutExpired:
            return f"{self._program} -l does not answer: is the sound device broken?"
        if cards.returncode != 0 or not cards.stdout.strip():
            return f"no sound device ({cards.stderr.strip() or 'none listed'}): connect the loudspeaker, see `aplay -l`"
        return None

    def play(self, wave: Wave, name: str) -> None:
        # A session of its own: Ctrl-C must not cut a number in the middle.
        command = [self._program, "-q", str(wave.path)]
        try:
            done = subprocess.run(  # noqa: S603
                command, capture_output=True, text=True, timeout=wave.ms / 1000 + GRACE_S, start_new_session=True,
                check=False,
            )  # fmt: skip
        except (subprocess.TimeoutExpired, OSError) as error:
            raise PlayFailed(f"{name}: {error}") from None
        if done.returncode != 0:
            raise PlayFailed(f"{name}: {self._program} left with {done.returncode}: {done.stderr.strip()}")


class Folder:
    """Keeps the waves instead of sounding them: for tests and for machines without a sound card."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def trouble(self) -> str | None:
        return None if self._folder.is_dir() else f"no such folder: {self._folder}"

    def play(self, wave: Wave, name: str) -> None:
        try:
            shutil.move(wave.path, self._folder / f"{name}.wav")
        except OSError as error:
            raise PlayFailed(f"{name}: {error}") from None


class Nowhere:
    """No sound at all. Every call fails with ``device``, because nothing sounded."""

    def trouble(self) -> str | None:
        return "started with --play none: nothing sounds, every call is reported as failed"

    def play(self, wave: Wave, name: str) -> None:
        raise PlayFailed(f"{name}: there is nothing to play on")


class Silent(Nowhere):
    """A box that only shows: it takes no part in the voice, and reports nothing of it."""

    def trouble(self) -> str | None:
        return "started with --play off: this box only shows"


def player_for(how: str) -> Player:
    """The player that ``--play`` names: ``aplay``, ``none``, ``off`` or ``dir:PATH``. Raises ValueError."""
    if how == "aplay":
        return Aplay()
    if how == "none":
        return Nowhere()
    if how == "off":
        return Silent()
    kind, _, path = how.partition(":")
    if kind == "dir" and path:
        return Folder(Path(path))
    raise ValueError(f"--play is aplay, none, off or dir:PATH, not {how!r}")
