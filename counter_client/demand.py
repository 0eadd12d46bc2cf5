"""The demonstration hall's demand: how many come for what, when, and how long it takes.

Design assumptions for a hall of 15 areas and a zero window, not measurements.
"""

import math
from random import Random
from typing import Final, NamedTuple

MINUTE: Final = 60
HOUR: Final = 3600
#: Coefficient of variation of handling times.
VARIATION: Final = 0.7
#: The shortest handling, in seconds.
SHORTEST_S: Final = 20
ZERO: Final = "Z"


class Demand(NamedTuple):
    tickets: int
    #: Mean handling time in minutes.
    minutes: float


#: Tickets a day and mean handling by line.
LINES: Final[dict[str, Demand]] = {
    "A": Demand(200, 9),
    "B": Demand(110, 20),
    "C": Demand(90, 11),
    "H": Demand(95, 10),
    "G": Demand(45, 12),
    "F": Demand(25, 20),
    "J": Demand(70, 17),
    "S": Demand(120, 12),
    "R": Demand(45, 11),
    "W": Demand(18, 10),
    "X": Demand(10, 10),
    "K": Demand(35, 14),
    "N": Demand(55, 9),
    "P": Demand(25, 20),
    "T": Demand(15, 12),
    ZERO: Demand(350, 4),
}
SPECIALISTS: Final = tuple(letter for letter in LINES if letter != ZERO)


class Stretch(NamedTuple):
    """A part of the day with an even rate of arrivals; times in seconds of the day."""

    begins: int
    ends: int
    #: Share of the day's arrivals, in tenths of a percent.
    share: int


def _stretch(begins: str, ends: str, share: int) -> Stretch:
    return Stretch(seconds_of(begins), seconds_of(ends), share)


def seconds_of(text: str) -> int:
    """``"08:30"`` in seconds since midnight. Raises ValueError for anything else."""
    hours, minutes = text.split(":")
    if not (0 <= int(hours) < 24 and 0 <= int(minutes) < 60):
        raise ValueError(f"not a time of day: {text}")
    return int(hours) * HOUR + int(minutes) * MINUTE


#: Two bursts at the two openings, the peak of the morning, a thin noon, a tail.
ARRIVALS: Final = (
    _stretch("08:10", "08:30", 40),
    _stretch("08:30", "08:45", 55),
    _stretch("08:45", "09:30", 120),
    _stretch("09:30", "11:00", 290),
    _stretch("11:00", "12:00", 90),
    _stretch("12:00", "14:00", 40),
    _stretch("14:00", "14:20", 75),
    _stretch("14:20", "16:00", 200),
    _stretch("16:00", "17:15", 90),
)


def counts(tickets: int) -> dict[str, int]:
    """``tickets`` shared among the lines in proportion, by largest remainder: the sum is exact."""
    total = sum(line.tickets for line in LINES.values())
    shared = {letter: tickets * line.tickets // total for letter, line in LINES.items()}
    remainders = sorted(LINES, key=lambda letter: -(tickets * LINES[letter].tickets % total))
    for letter in remainders[: tickets - sum(shared.values())]:
        shared[letter] += 1
    return shared


def arrival_s(chance: Random) -> int:
    """When somebody takes a number, in seconds of the day."""
    stretch = chance.choices(ARRIVALS, weights=[s.share for s in ARRIVALS])[0]
    return chance.randrange(stretch.begins, stretch.ends)


def handling_s(chance: Random, line: str) -> int:
    """How long one person takes at a window, in seconds: lognormal about the line's mean."""
    sigma2 = math.log(1 + VARIATION**2)
    mean = LINES[line].minutes * MINUTE if line in LINES else 10 * MINUTE
    return max(SHORTEST_S, round(chance.lognormvariate(math.log(mean) - sigma2 / 2, math.sqrt(sigma2))))


def specialist(chance: Random, other_than: str = ZERO) -> str:
    """A specialist line, the busy ones more often."""
    letters = [letter for letter in SPECIALISTS if letter != other_than]
    return chance.choices(letters, weights=[LINES[letter].tickets for letter in letters])[0]
