"""The clips of the bank in the order in which they are made: whatever is finished first is of use first."""

from collections.abc import Iterator
from dataclasses import dataclass

from queue_server.voice import normalise
from queue_server.voice.bank_build import symbols
from queue_server.voice.plan import Lang

#: The lines of the demonstration hall, the busiest first, then the letters that other halls may use.
LINES = tuple("ZASBJCHFGRWXKNPTLMU")
COMMON_NUMBERS, WINDOWS, DESKS = range(1, 300), range(121), range(1, 13)
#: Lines of the demonstration hall with the most visitors, for half phrases.
BUSIEST = "ZASBJCHFG"
#: Figures of a half phrase: an ordinary line gives out fewer tickets than this a day.
HALF_PHRASES = range(1, 201)


@dataclass(frozen=True)
class Clip:
    """What is wanted: its key, the words, and how many ways of rendering its letters there are."""

    key: str
    text: str

    @property
    def lang(self) -> Lang:
        return "zh" if self.key.startswith("zh") else "en"

    @property
    def kind(self) -> str:
        return self.key.split("/")[1]

    @property
    def name(self) -> str:
        """What follows the kind: VA, 012, 3, or nothing."""
        return "".join(self.key.split("/")[2:])

    def said(self, way: int) -> str:
        """The symbols of it."""
        return symbols.mandarin(self.text, way) if self.lang == "zh" else symbols.english(self.text)


def mandarin() -> Iterator[Clip]:
    """Says every call in Mandarin: letters, places, and numbers as a figure and 一二号."""
    yield from (Clip(f"zh/letter/{letter}", f"请{letter}") for letter in LINES)
    yield from (Clip(f"zh/window/{window}", f"到{normalise.cardinal(window)}号窗口") for window in WINDOWS[:51])
    yield Clip("zh/zero", "到零号窗口")
    yield from (Clip(f"zh/zero/{desk}", f"到零号窗口{normalise.cardinal(desk)}号台") for desk in DESKS)
    yield Clip("zh/again", "再次呼叫")
    yield from (Clip(f"zh/digit/{figure}", normalise.DIGITS[figure]) for figure in range(10))
    yield from (Clip(f"zh/tail/{tail:02d}", _figures(f"{tail:02d}")) for tail in range(100))
    yield from (Clip(f"zh/letter/{kind}{letter}", f"请{kind}{letter}") for kind in "VY" for letter in LINES)
    yield from (Clip(f"zh/window/{window}", f"到{normalise.cardinal(window)}号窗口") for window in WINDOWS[51:])


def numbers() -> Iterator[Clip]:
    """Three figures in one breath: better to listen to than a figure and a tail. What most lines need on most days."""
    yield from (_number(number) for number in COMMON_NUMBERS)


def more_numbers() -> Iterator[Clip]:
    """The other three figures; 000 for 1000, 2000 and so on."""
    yield from (_number(number) for number in range(1000) if number not in COMMON_NUMBERS)


def _number(number: int) -> Clip:
    return Clip(f"zh/number/{number:03d}", _figures(f"{number:03d}"))


def _figures(figures: str) -> str:
    return "".join(normalise.DIGITS[int(figure)] for figure in figures) + "号"


def english() -> Iterator[Clip]:
    """The tier of English: figures are said one by one, the last of them with a falling voice."""
    yield from (Clip(f"en/digit/{figure}", normalise.DIGITS_EN[figure]) for figure in range(10))
    yield from (Clip(f"en/last/{figure}", normalise.DIGITS_EN[figure]) for figure in range(10))
    yield Clip("en/again", "calling again")
    yield from (Clip(f"en/letter/{letter}", f"ticket {letter}") for letter in LINES)
    yield Clip("en/zero", "please go to the zero window")
    for desk in DESKS:
        yield Clip(f"en/zero/{desk}", f"please go to the zero window, desk {normalise.cardinal_en(desk)}")
    for window in WINDOWS:
        yield Clip(f"en/window/{window}", f"please go to window {normalise.cardinal_en(window)}")
    yield from (Clip(f"en/letter/{kind}{letter}", f"ticket {kind} {letter}") for kind in "VY" for letter in LINES)


def half_phrases() -> Iterator[Clip]:
    """请A零零一号 and so on, the busiest lines first."""
    for letter in BUSIEST:
        for number in HALF_PHRASES:
            yield Clip(f"zh/call/{letter}{number:03d}", f"请{normalise.ticket(f'{letter}{number:03d}')}号")


TIERS = {"zh": mandarin, "numbers": numbers, "en": english, "more": more_numbers, "half": half_phrases}


def everything() -> Iterator[Clip]:
    for tier in TIERS.values():
        yield from tier()
