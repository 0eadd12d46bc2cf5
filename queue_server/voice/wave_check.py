"""Whether a wave file can be the phrase that was asked for: form, length, loudness. Standard library only."""

import array
import sys
import wave
from dataclasses import dataclass
from pathlib import Path

from queue_server.voice.faults import BadLength, BadWave, Silent

#: Seconds a syllable lasts at the worker's speed, shortest and longest, and the pauses of a phrase.
#: Measured over 400 phrases (docs/voice.md): 0.27 to 0.33 s in Mandarin, 0.19 to 0.30 s in English, pauses included.
SHORTEST_SYLLABLE_S, LONGEST_SYLLABLE_S, PAUSES_S = 0.15, 0.40, 1.2
#: Of full scale. espeak's phrases peak at 0.5 to 0.9, with an RMS of 0.07 to 0.12; far below, nobody hears them.
LEAST_PEAK, LEAST_RMS = 0.2, 0.02
#: Each clip and pause is rounded to a millisecond once.
JOIN_TOLERANCE_MS = 12
FULL_SCALE = 32768


@dataclass(frozen=True)
class Sound:
    """What was measured. Levels are shares of full scale, 0 to 1."""

    ms: int
    peak: float
    rms: float


def measure(path: Path) -> Sound:
    """Length and level. Raises BadWave when it is no 16-bit mono RIFF file with sound in it."""
    try:
        with wave.open(str(path), "rb") as file:
            form, rate = (file.getnchannels(), file.getsampwidth()), file.getframerate()
            samples = array.array("h", file.readframes(file.getnframes()) if form == (1, 2) else b"")
    except (wave.Error, EOFError, OSError, ValueError) as error:
        raise BadWave(f"{path.name} is not a wave file: {error!r}") from None
    if not samples:
        raise BadWave(f"{path.name} holds no 16-bit mono sound")
    if sys.byteorder == "big":
        samples.byteswap()
    rms = (sum(sample * sample for sample in samples) / len(samples)) ** 0.5
    lowest, highest = min(samples), max(samples)
    peak = max(highest, -lowest)
    return Sound(round(1000 * len(samples) / rate), round(peak / FULL_SCALE, 4), round(rms / FULL_SCALE, 4))


def check(path: Path, syllables: int) -> Sound:
    """The sound's measures, if it can be a phrase of so many syllables. Raises BadWave, BadLength, Silent."""
    sound = measure(path)
    least, most = syllables * SHORTEST_SYLLABLE_S, syllables * LONGEST_SYLLABLE_S + PAUSES_S
    if not least <= sound.ms / 1000 <= most:
        raise BadLength(f"{sound.ms} ms for {syllables} syllables; {least:.1f} to {most:.1f} s would do")
    return _heard(sound)


def check_joined(path: Path, expected_ms: int) -> Sound:
    """The same for clips that were joined: their length is known to the millisecond. Raises as ``check`` does."""
    sound = measure(path)
    if abs(sound.ms - expected_ms) > JOIN_TOLERANCE_MS:
        raise BadLength(f"{sound.ms} ms; the clips and pauses last {expected_ms}")
    return _heard(sound)


def _heard(sound: Sound) -> Sound:
    if sound.peak < LEAST_PEAK or sound.rms < LEAST_RMS:
        raise Silent(f"peak {sound.peak}, RMS {sound.rms}; at least {LEAST_PEAK} and {LEAST_RMS} would do")
    return sound
