"""The sound before a call: two struck notes, made by figures and not from a recording. Standard library only."""

import math
from array import array
from typing import Literal

Form = Literal["long", "short"]

#: Milliseconds, with the silence before the voice.
LASTS_MS: dict[Form, int] = {"long": 1000, "short": 300}
#: Each note: hertz, and when it is struck in milliseconds. A falling third, as in stations and banks.
NOTES: dict[Form, tuple[tuple[float, int], ...]] = {"long": ((659.26, 0), (523.25, 350)), "short": ((659.26, 0),)}
#: Of full scale, one note; two that overlap stay below 0.6.
LEVEL = 0.3
#: A struck note is half as loud after so many seconds; it begins within 5 ms, without a click.
HALVES_S = {"long": 0.12, "short": 0.05}
ATTACK_S = 0.005
#: The end fades to nothing within this, so that the voice begins from silence.
FADE_S = 0.05
#: Partials of a note with their share, as of a small bell.
PARTIALS = ((1.0, 0.75), (2.0, 0.2), (3.0, 0.05))


def chime(form: Form, rate: int) -> "array[int]":
    """16-bit samples of the chime, exactly as long as ``LASTS_MS`` says."""
    length = rate * LASTS_MS[form] // 1000
    joined = [0.0] * length
    for hertz, begins_ms in NOTES[form]:
        begins = rate * begins_ms // 1000
        for place in range(begins, length):
            joined[place] += _note(hertz, (place - begins) / rate, HALVES_S[form])
    return array("h", (int(32767 * LEVEL * value * _end(length - place, rate)) for place, value in enumerate(joined)))


def _note(hertz: float, at_s: float, halves_s: float) -> float:
    rise = min(1.0, at_s / ATTACK_S)
    wave = sum(share * math.sin(2 * math.pi * hertz * number * at_s) for number, share in PARTIALS)
    return float(rise * wave * 2 ** (-at_s / halves_s))


def _end(left: int, rate: int) -> float:
    return min(1.0, left / (rate * FADE_S))
