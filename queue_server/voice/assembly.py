"""One wave for a whole announcement: the chime, then the phrases in turn with a pause before each, as loud as told."""

import sys
import wave
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from queue_server.voice import wave_check
from queue_server.voice.chime import LASTS_MS, Form
from queue_server.voice.chime import chime as made_chime
from queue_server.voice.faults import BadLength, BadWave, Silent
from queue_server.voice.plan import Lang
from queue_server.voice.wave_check import JOIN_TOLERANCE_MS, Sound

#: Silence between two phrases, in milliseconds.
GAP_MS = 350
#: More than anybody listens to.
MOST_PHRASES = 4


@dataclass(frozen=True)
class Script:
    """How often and in which languages an announcement is said, after which chime, and how loud (0 to 1)."""

    langs: tuple[Lang, ...]
    chime: Form | None = None
    gain: float = 1.0

    @classmethod
    def of(cls, message: object) -> "Script":
        """From ``{langs, chime, gain}``. Raises ValueError when it is not of that form."""
        message = message if isinstance(message, dict) else {}
        langs, sound, gain = message.get("langs"), message.get("chime"), message.get("gain", 1.0)
        if not (isinstance(langs, list) and 1 <= len(langs) <= MOST_PHRASES and set(langs) <= set(get_args(Lang))):
            raise ValueError(f"not a turn of languages: {langs!r}")
        if sound is not None and sound not in get_args(Form):
            raise ValueError(f"no such chime: {sound!r}")
        if type(gain) not in (int, float) or not 0 < gain <= 1:
            raise ValueError(f"not a share of the full volume: {gain!r}")
        return cls(tuple(langs), sound, float(gain))


def expected_ms(script: Script, lasts_ms: Mapping[Lang, int]) -> int:
    """How long the whole is, from the lengths of its phrases."""
    before = LASTS_MS[script.chime] if script.chime else 0
    return before + sum(lasts_ms[lang] for lang in script.langs) + GAP_MS * (len(script.langs) - 1)


def assemble(script: Script, phrases: Mapping[Lang, Path], out: Path) -> Sound:
    """Write the whole. The phrases have been checked; the whole is checked for its length and level.

    Raises BadWave, BadLength; OSError when it cannot be written.
    """
    read = {lang: _samples(path) for lang, path in phrases.items()}
    # A bank's clips have 24,000 samples a second, espeak 22,050: where both speak, the better one holds.
    rate = max(one.rate for one in read.values())
    loud = {lang: _louder(one.at(rate), script.gain) for lang, one in read.items()}
    joined = _louder(made_chime(script.chime, rate), script.gain) if script.chime else array("h")
    for turn, lang in enumerate(script.langs):
        joined.extend([0] * (rate * GAP_MS // 1000 if turn else 0))
        joined.extend(loud[lang])
    _write(out, joined, rate)
    return _checked(out, expected_ms(script, {lang: one.ms for lang, one in read.items()}), script.gain)


def _checked(out: Path, due_ms: int, gain: float) -> Sound:
    sound = wave_check.measure(out)
    if abs(sound.ms - due_ms) > JOIN_TOLERANCE_MS:
        raise BadLength(f"{sound.ms} ms; chime, phrases and pauses last {due_ms}")
    if sound.peak < gain * wave_check.LEAST_PEAK:
        raise Silent(f"peak {sound.peak} at volume {gain}")
    return sound


@dataclass(frozen=True)
class Samples:
    """A phrase as it was read."""

    rate: int
    sound: "array[int]"

    @property
    def ms(self) -> int:
        return round(1000 * len(self.sound) / self.rate)

    def at(self, rate: int) -> "array[int]":
        """At another rate: straight lines between the samples, which costs no ear anything."""
        if rate == self.rate:
            return self.sound
        last = len(self.sound) - 1
        stretched = array("h")
        for place in range(len(self.sound) * rate // self.rate):
            before, share = divmod(place * self.rate, rate)
            left, right = self.sound[min(before, last)], self.sound[min(before + 1, last)]
            stretched.append(left + (right - left) * share // rate)
        return stretched


def _samples(path: Path) -> Samples:
    """Raises BadWave."""
    try:
        with wave.open(str(path), "rb") as file:
            rate, samples = file.getframerate(), array("h", file.readframes(file.getnframes()))
    except (wave.Error, EOFError, OSError, ValueError) as error:
        raise BadWave(f"{path.name} is not a wave file: {error!r}") from None
    if sys.byteorder == "big":
        samples.byteswap()
    return Samples(rate, samples)


def _louder(samples: "array[int]", gain: float) -> "array[int]":
    return samples if gain == 1.0 else array("h", [int(sample * gain) for sample in samples])


def _write(out: Path, samples: "array[int]", rate: int) -> None:
    with wave.open(str(out), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())


def told(script: Script, phrases: Mapping[Lang, Mapping[str, Any]], sound: Sound) -> dict[str, Any]:
    """The worker's answer: measures of the whole, and by which voice each language was said."""
    tiers = {str(answer["tier"]) for answer in phrases.values()}
    notes = "; ".join(str(answer["note"]) for answer in phrases.values() if answer.get("note"))
    tier = tiers.pop() if len(tiers) == 1 else "mixed"
    return {**vars(sound), "tier": tier, "says": list(script.langs)} | ({"note": notes} if notes else {})
