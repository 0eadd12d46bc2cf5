"""The sound before a call: two struck notes, made by figures and not from a recording. Standard library only."""

import cmath
import math
import operator
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
        note = _note(hertz, length - begins, HALVES_S[form], rate)
        joined[begins:] = map(operator.add, joined[begins:], note)
    fading = int(rate * FADE_S)
    for place in range(1, fading + 1):
        joined[-place] *= place / fading
    return array("h", (int(32767 * LEVEL * value) for value in joined))


def _note(hertz: float, length: int, halves_s: float, rate: int) -> list[float]:
    """A decaying tone with its partials: each a point that circles inwards, which is quicker than a sine each."""
    sound = [0.0] * length
    for number, share in PARTIALS:
        turn = cmath.exp(complex(-math.log(2) / halves_s, 2 * math.pi * hertz * number) / rate)
        at = complex(share)
        for place in range(length):
            sound[place] += at.imag
            at *= turn
    rising = int(rate * ATTACK_S)
    return [value * min(1.0, place / rising) for place, value in enumerate(sound)]
