"""The words of an announcement. Number and window only, never a name."""

import re
from dataclasses import dataclass
from typing import Literal

from queue_server.voice import normalise

Lang = Literal["zh", "en"]
Kind = Literal["zero", "specialist"]


@dataclass(frozen=True)
class Announcement:
    """What is to be said: which ticket, where to, and whether it was called before."""

    number: str
    kind: Kind
    #: The window's number. At a zero window the desk, or None where the hall has one zero window only.
    window: int | None
    repeat: bool = False
    #: Other tickets called to the same place in the same breath.
    also: tuple[str, ...] = ()

    @classmethod
    def of(cls, message: object) -> "Announcement":
        """From ``{number, window: {kind, number}, repeat, also}``. Raises ValueError when it is not of that form."""
        message = message if isinstance(message, dict) else {}
        window, also = message.get("window"), message.get("also", [])
        number, repeat = message.get("number"), message.get("repeat", False)
        if not (isinstance(number, str) and isinstance(window, dict) and isinstance(repeat, bool) and _is_list(also)):
            raise ValueError("an announcement is {number, window: {kind, number}, repeat, also}")
        kind, place = window.get("kind"), window.get("number")
        if kind not in ("zero", "specialist"):
            raise ValueError(f"no such kind of window: {kind!r}")
        if not ((place is None and kind == "zero") or type(place) is int):
            raise ValueError(f"not a number of a window: {place!r}")
        return cls(number, kind, place, repeat, tuple(also))


def _is_list(also: object) -> bool:
    return isinstance(also, list) and all(isinstance(number, str) for number in also)


def text(announcement: Announcement, lang: Lang = "zh") -> str:
    """「请A零零一号到三号窗口」, for people and for the clip bank: figures in words, letters as letters.

    Raises ValueError for a number or window that cannot be said.
    """
    return normalise.without_digits(_chinese(announcement) if lang == "zh" else _english(announcement))


def engine_text(words: str, lang: Lang = "zh") -> str:
    """``words`` as the espeak voice of that language must be given them. Raises ValueError on a digit."""
    if lang == "zh":
        return normalise.for_pinyin_voice(words)
    return normalise.for_english_voice(words)


def syllables(words: str) -> int:
    """About how many syllables the words have: what their length in time is judged by.

    Chinese: the characters. English: groups of vowels.
    """
    return len(re.findall(r"[\u4e00-\u9fff]|[aeiouy]+", words.lower()))


def _chinese(announcement: Announcement) -> str:
    again = "再次呼叫，" if announcement.repeat else ""
    calls = (f"请{normalise.ticket(number)}号" for number in (announcement.number, *announcement.also))
    return f"{again}{'，'.join(calls)}到{_place(announcement)}"


def _place(announcement: Announcement) -> str:
    if announcement.kind == "specialist":
        return f"{normalise.cardinal(_window(announcement))}号窗口"
    if announcement.window is None:
        return "零号窗口"
    return f"零号窗口{normalise.cardinal(announcement.window)}号台"


def _english(announcement: Announcement) -> str:
    again = "Calling again: ticket" if announcement.repeat else "Ticket"
    numbers = ", ticket ".join(normalise.ticket_en(number) for number in (announcement.number, *announcement.also))
    return f"{again} {numbers}, please go to {_place_en(announcement)}."


def _place_en(announcement: Announcement) -> str:
    if announcement.kind == "specialist":
        return f"window {normalise.cardinal_en(_window(announcement))}"
    if announcement.window is None:
        return "the zero window"
    return f"the zero window, desk {normalise.cardinal_en(announcement.window)}"


def _window(announcement: Announcement) -> int:
    if announcement.window is None:
        raise ValueError("a specialist window has a number")
    return announcement.window
