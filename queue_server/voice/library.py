"""A voice bank on disk: a manifest and archives of clips, every clip checked by its SHA-256 when it is taken out.

A hall's own recordings are a folder of the same form; they go before the bank that comes along, key by key.
"""

import hashlib
import io
import json
import os
import wave
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from queue_server.voice.bank import Piece
from queue_server.voice.faults import BrokenBank

MANIFEST = "manifest.json"
VERSION = 1
RATE = 24_000
#: The bank that comes along, and the setting with folders that go before it.
OURS = Path(__file__).parents[2] / "static" / "sound" / "bank"
SETTING = "HALL_VOICE_BANK"
#: The value of the setting that means: no bank at all, espeak speaks.
NONE = "none"


@dataclass(frozen=True)
class Clip:
    """Where a clip lies, and what is known of it."""

    key: str
    text: str
    sha256: str
    ms: int
    archive: Path
    offset: int
    length: int


class Library:
    """One or more banks as one. Opening reads the manifests only."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.clips: dict[str, Clip] = {}
        for folder in reversed(folders):
            self.clips |= _manifest(folder)

    def __contains__(self, key: object) -> bool:
        return key in self.clips

    def data(self, key: str) -> bytes:
        """A clip as it was packed. Raises BrokenBank when it is not there or not the one of the manifest."""
        clip = self.clips.get(key)
        if clip is None:
            raise BrokenBank(f"no clip {key}")
        try:
            with clip.archive.open("rb") as archive:
                archive.seek(clip.offset)
                data = archive.read(clip.length)
        except OSError as error:
            raise BrokenBank(f"{clip.archive}: {error.strerror}") from None
        if hashlib.sha256(data).hexdigest() != clip.sha256:
            raise BrokenBank(f"{key} in {clip.archive} is not the clip of the manifest")
        return data

    def samples(self, key: str) -> "array[int]":
        """A clip's 16-bit samples. Raises BrokenBank also for another rate, several channels or a broken file."""
        return _decoded(self.data(key), key)

    def expected_ms(self, pieces: Sequence[Piece]) -> int:
        """How long the pieces last together."""
        return sum(piece.pause_ms + self.clips[piece.key].ms for piece in pieces)


def open_bank(setting: str | None = None) -> Library:
    """The banks of the setting (folders as in PATH) before ours, or without it where the setting has ``none``.

    Raises BrokenBank for a manifest that is none.
    """
    setting = os.environ.get(SETTING, "") if setting is None else setting
    named = [folder for folder in setting.split(os.pathsep) if folder]
    own = [Path(folder) for folder in named if folder != NONE]
    return Library([*own, OURS] if NONE not in named and (OURS / MANIFEST).exists() else own)


def join(library: Library, pieces: Sequence[Piece], out: Path) -> None:
    """Write the pieces, with their pauses, as a wave file. Raises BrokenBank; OSError when it cannot be written."""
    joined = array("h")
    for piece in pieces:
        joined.extend([0] * (RATE * piece.pause_ms // 1000))
        joined.extend(library.samples(piece.key))
    with wave.open(str(out), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(joined.tobytes())


def _decoded(data: bytes, key: str) -> "array[int]":
    try:
        import soundfile  # loads libsndfile: only where something is said
    except (ImportError, OSError) as error:
        raise BrokenBank(f"the clips cannot be decoded: {error}") from None
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as file:
            if (file.samplerate, file.channels) != (RATE, 1):
                raise BrokenBank(f"{key}: {file.channels} channels at {file.samplerate} Hz; one at {RATE} would do")
            return array("h", bytes(file.buffer_read(dtype="int16")))
    except soundfile.SoundFileError as error:
        raise BrokenBank(f"{key}: {error}") from None


def _manifest(folder: Path) -> dict[str, Clip]:
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if told["version"] != VERSION:
            raise BrokenBank(f"{folder}: version {told['version']} of the manifest, not {VERSION}")
        return {facts["key"]: _clip(folder, facts) for facts in told["clips"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BrokenBank(f"{folder / MANIFEST}: {error!r}") from None


def _clip(folder: Path, facts: dict[str, Any]) -> Clip:
    archive = folder / Path(facts["archive"]).name
    length = int(facts["length"]) if "length" in facts else archive.stat().st_size
    return Clip(
        facts["key"], facts["text"], facts["sha256"], int(facts["ms"]), archive, int(facts.get("offset", 0)), length
    )
