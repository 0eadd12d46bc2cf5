"""What the people and the clerks of a day will do, drawn from a seed before the day begins.

Pure: the same seed and size give the same plan. Who is called when is the server's decision and
not planned. Times are seconds of the day in the hall's time zone.
"""

import itertools
from dataclasses import dataclass
from random import Random
from typing import Final, Literal

from counter_client import demand
from counter_client.demand import HOUR, MINUTE, ZERO

#: Shares of the people, or of the calls.
CARE: Final = 0.12
NO_SHOW: Final = 0.04
COMES_BACK: Final = 0.60
VANISHES: Final = 0.02
GIVES_UP: Final = 0.01
HANDED_ON: Final = 0.25
WRONG_LINE: Final = 0.02
#: Of those who come back, who goes straight to the window.
STRAIGHT: Final = 0.5
#: Finishes that call the next person in the same press.
ONE_PRESS: Final = 0.9
#: Nobody is sent through more lines than this.
MOST_STAYS: Final = 3

#: How long a called person is waited for before the recall, and again before they are missed.
PATIENCE_S: Final = 60
NOTES: Final = (
    "材料已核，缺一份复印件",
    "材料齐全，请直接受理",
    "已填好申请表，请核对原件",
    "已告知所需材料，本人愿当场补齐",
    "网上已预审通过，请收件",
    "咨询后转办，需先查询办理进度",
)

Arrival = Literal["comes", "misses", "vanishes", "gives_up"]
Ending = Literal["finish", "hand_on", "wrong_line"]


@dataclass(frozen=True)
class Return:
    """A missed person comes back this long after they were missed."""

    after_s: int
    #: Goes to the window; otherwise to the desk that puts people back in line.
    straight: bool


@dataclass(frozen=True)
class Stay:
    """What happens at one line."""

    line: str
    arrival: Arrival
    walk_s: int
    handling_s: int
    ending: Ending
    one_press: bool
    back: Return | None = None
    note: str = ""


@dataclass(frozen=True)
class Person:
    n: int
    at_s: int
    care: bool
    #: In order; every stay but the last ends in a transfer to the next one's line.
    stays: tuple[Stay, ...]


@dataclass(frozen=True)
class Break:
    starts_s: int
    ends_s: int
    reason: Literal["meal", "rest"]

    def until(self, now_s: float) -> float:
        """When a break begun now ends: a meal with the noon hour, a rest after its full length."""
        return self.ends_s if self.reason == "meal" else now_s + self.ends_s - self.starts_s


@dataclass(frozen=True)
class Shift:
    """When one window is staffed."""

    opens_s: int
    breaks: tuple[Break, ...]


def people(seed: int, tickets: int) -> list[Person]:
    """Everybody who takes a number, in order of coming."""
    chance = Random(f"arrivals {seed}")  # nosec B311 - invented people: repeatable, nothing secret
    coming = [(demand.arrival_s(chance), line) for line, count in demand.counts(tickets).items() for _ in range(count)]
    return [_person(seed, n, at_s, line) for n, (at_s, line) in enumerate(sorted(coming))]


def _person(seed: int, n: int, at_s: int, line: str) -> Person:
    chance = Random(f"person {seed} {n}")  # nosec B311 - as above
    care = chance.random() < CARE
    stays = [_first_stay(chance, line)]
    while stays[-1].ending != "finish":
        at = stays[-1].line
        stays.append(_stay(chance, demand.specialist(chance, at), last=len(stays) + 1 == MOST_STAYS))
    return Person(n, at_s, care, tuple(stays))


def _first_stay(chance: Random, line: str) -> Stay:
    """As every stay, and some never meant to stay: they go without a word or give up at the desk."""
    mood, stay = chance.random(), _stay(chance, line)
    if mood < VANISHES:
        return Stay(line, "vanishes", 0, 0, "finish", True)
    if mood < VANISHES + GIVES_UP:
        return Stay(line, "gives_up", stay.walk_s, 0, "finish", True)
    return stay


def _stay(chance: Random, line: str, last: bool = False) -> Stay:
    missed = chance.random() < NO_SHOW
    returns = Return(chance.randrange(2 * MINUTE, 28 * MINUTE), chance.random() < STRAIGHT)
    comes_back = chance.random() < COMES_BACK
    moves_on = chance.random() < (HANDED_ON if line == ZERO else WRONG_LINE)
    moving: Ending = "hand_on" if line == ZERO else "wrong_line"
    return Stay(
        line,
        "misses" if missed else "comes",
        walk_s=chance.randrange(20, 61),
        handling_s=demand.handling_s(chance, line),
        # Somebody who is missed and never back does not move on either, but the plan need not know.
        ending=moving if moves_on and not last else "finish",
        one_press=chance.random() < ONE_PRESS,
        back=returns if missed and comes_back else None,
        note=chance.choice(NOTES),
    )


def stranger(line: str, number: str) -> Person:
    """A ticket the plan did not issue: served like anybody."""
    chance = Random(f"stranger {number}")  # nosec B311 - as above
    return Person(-1, 0, False, (_stay(chance, line, last=True),))


def shift(seed: int, code: str, through_noon: bool, hours: list[list[str]]) -> Shift:
    """The day of one window. ``hours`` are the hall's opening hours; the gap between them is for the meal."""
    chance = Random(f"shift {seed} {code}")  # nosec B311 - as above
    opening = demand.seconds_of(hours[0][0])
    late = chance.randrange(2 * MINUTE, 12 * MINUTE) if chance.random() < 0.1 else 0
    breaks = [_rest(chance, opening + HOUR, opening + 3 * HOUR)]
    for before, after in itertools.pairwise(hours):
        noon, again = demand.seconds_of(before[1]), demand.seconds_of(after[0])
        if not through_noon:
            breaks.append(Break(noon, again, "meal"))
        breaks.append(_rest(chance, again + HOUR, again + 2 * HOUR))
    return Shift(opening + late, tuple(breaks))


def _rest(chance: Random, earliest_s: int, latest_s: int) -> Break:
    starts = chance.randrange(earliest_s, latest_s)
    return Break(starts, starts + chance.randrange(5 * MINUTE, 11 * MINUTE), "rest")
