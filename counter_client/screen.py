"""The keypad's display: what is shown, laid out for a terminal of any size or as plain lines.

Plain ANSI sequences and no library: five lines of text and one large number need none, and the desk's
machine has one thing less to install.
"""

import os
import re
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Final, Literal, Protocol

from counter_client.block_figures import HEIGHT, rows

#: What a sentence is: it is bold, or reversed, and says the same in words.
Tone = Literal["soft", "good", "warn", "bad"]
STYLES: Final[dict[Tone, str]] = {"soft": "", "good": "\x1b[1m", "warn": "\x1b[7m", "bad": "\x1b[1;7m"}
PLAIN: Final = "\x1b[0m"
#: Below this many rows the number is written as text.
ROOM_FOR_FIGURES: Final = HEIGHT + 9


@dataclass(frozen=True)
class Picture:
    """Everything the clerk is shown, in the clerk's language."""

    window: str
    #: The connection, when it is not as it should be.
    trouble: str
    #: The ticket's number; empty when the window holds none.
    number: str
    state: str
    waiting: str
    #: What the Enter key would do.
    next: str
    said: str
    tone: Tone
    #: The question that stands open, with its choices, or figures typed so far.
    asked: str = ""
    choices: tuple[str, ...] = ()
    help: str = ""


class Screen(Protocol):
    def show(self, picture: Picture) -> None:
        """Bring the display up to date."""

    def close(self) -> None:
        """Leave the terminal as it was found."""


class Terminal:
    """Draws over the whole terminal, only the rows that have changed."""

    def __init__(self, out: IO[str]) -> None:
        self._out = out
        self._shown: list[str] = []
        self._size: tuple[int, int] | None = None
        _allow_sequences()
        # The other screen, without a cursor: what stood in the terminal comes back at the end.
        self._out.write("\x1b[?1049h\x1b[?25l")

    def show(self, picture: Picture) -> None:
        size = os.get_terminal_size(self._out.fileno())
        if size != self._size:
            self._out.write("\x1b[2J")
            self._size, self._shown = size, []
        lines = laid_out(picture, size.columns, size.lines)
        for row, line in enumerate(lines):
            if row >= len(self._shown) or self._shown[row] != line:
                self._out.write(f"\x1b[{row + 1};1H{line}{PLAIN}\x1b[K")
        self._shown = lines
        self._out.flush()

    def close(self) -> None:
        self._out.write("\x1b[?25h\x1b[?1049l")
        self._out.flush()


class Lines:
    """One line for each change: for a pipe, a log, or a braille display."""

    def __init__(self, out: IO[str]) -> None:
        self._out, self._shown = out, ""

    def show(self, picture: Picture) -> None:
        line = in_one_line(picture)
        if line != self._shown:
            self._shown = line
            print(line, file=self._out, flush=True)

    def close(self) -> None:
        return None


def laid_out(picture: Picture, width: int, height: int) -> list[str]:
    """Exactly ``height`` rows, none wider than ``width`` columns, styles not counted."""
    below = [*_beside(picture.choices, width), picture.help] if picture.asked else [picture.help]
    parts = [
        "",
        picture.waiting,
        picture.next,
        "",
        styled(picture.said, picture.tone, width),
        "",
        picture.asked,
        *below,
    ]
    top = [_apart(picture.window, picture.trouble, width), "", *_number(picture, width, height, len(parts))]
    lines = [line if "\x1b" in line else cut(line, width) for line in [*top, *parts]]
    while len(lines) > height and "" in lines:
        lines.remove("")
    return (lines + [""] * height)[:height]


def in_one_line(picture: Picture) -> str:
    asked = " ".join([picture.asked, *picture.choices]).strip()
    held = f"{picture.number} {picture.state}".strip()
    parts = [picture.window, picture.trouble, held, picture.waiting, picture.next, picture.said, asked]
    return " | ".join(part for part in parts if part)


def _number(picture: Picture, width: int, height: int, others: int) -> list[str]:
    """The number in large figures where they fit, and its state below."""
    figures = rows(picture.number or "-")
    wide = width_of(figures[0])
    if wide > width or height < max(ROOM_FOR_FIGURES, HEIGHT + others):
        return [styled(f"{picture.number} {picture.state}".strip(), "good", width)]
    margin = " " * ((width - wide) // 2)
    return [*(margin + _lit(row) for row in figures), "", _centred(picture.state, width)]


def _lit(row: str) -> str:
    """Dots as reversed spaces: block characters are twice as wide on some Chinese terminals."""
    return re.sub("#+", lambda dots: f"{STYLES['warn']}{' ' * len(dots[0])}{PLAIN}", row)


def _beside(choices: Sequence[str], width: int) -> list[str]:
    """Choices in as many columns as fit, read downwards."""
    if not choices:
        return []
    widest = max(map(width_of, choices)) + 3
    columns = max(1, min(len(choices), width // widest))
    high = -(-len(choices) // columns)
    return ["".join(padded(choice, widest) for choice in choices[row::high]).rstrip() for row in range(high)]


def _apart(left: str, right: str, width: int) -> str:
    """Left, and right reversed at the other end."""
    if not right:
        return cut(left, width)
    right = cut(right, width)
    left = cut(left, max(0, width - width_of(right) - 1))
    return f"{padded(left, width - width_of(right))}{STYLES['bad']}{right}{PLAIN}"


def _centred(text: str, width: int) -> str:
    return " " * max(0, (width - width_of(text)) // 2) + text


def styled(text: str, tone: Tone, width: int) -> str:
    style = STYLES[tone]
    return f"{style}{cut(text, width)}{PLAIN}" if style and text else text


def width_of(text: str) -> int:
    """Columns a text takes: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def cut(text: str, width: int) -> str:
    while width_of(text) > width:
        text = text[:-1]
    return text


def padded(text: str, width: int) -> str:
    return text + " " * (width - width_of(text))


def screen_for(out: IO[str], plain: bool) -> Screen:
    return Lines(out) if plain or not out.isatty() else Terminal(out)


def _allow_sequences() -> None:
    """The old Windows console takes them for text until it is told."""
    if sys.platform == "win32":
        import ctypes

        console = ctypes.windll.kernel32
        console.SetConsoleMode(console.GetStdHandle(-11), 7)
