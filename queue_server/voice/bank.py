"""Which clips of a bank make an announcement. Standard library only; knows keys, no sound.

Keys: ``zh/letter/VA`` (请VA), ``zh/number/012`` (零一二号), ``zh/digit/0`` and ``zh/tail/12`` (零, 一二号),
``zh/call/A012`` (请A零一二号), ``zh/window/3`` (到三号窗口), ``zh/zero`` and ``zh/zero/3`` (到零号窗口三号台),
``zh/again``. English has the same, with ``en/last/2`` for a number's last figure instead of tails.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from queue_server.voice import normalise
from queue_server.voice.plan import Announcement, Lang

#: Milliseconds of silence before a clip, by what it is; the clips themselves end and begin with 55 ms together.
PAUSES = {"again": 0, "letter": 0, "call": 0, "digit": 30, "number": 40, "window": 120, "zero": 120}
#: After 再次呼叫, and between two tickets of one announcement.
LONG_PAUSE = 260
#: Figures that one number clip says; those before them are said one by one.
NUMBER_LENGTH = 3


@dataclass(frozen=True)
class Piece:
    """A clip, and the silence before it in milliseconds."""

    key: str
    pause_ms: int


def pieces(said: Announcement, lang: Lang, bank: Container[str]) -> list[Piece] | None:
    """The clips that say it, half phrases where the bank has them; None where it cannot: then espeak speaks.

    Raises ValueError for a number or window that cannot be said.
    """
    found = [_piece(f"{lang}/again")] if said.repeat else []
    for number in (said.number, *said.also):
        found += _call(number, lang, bank, LONG_PAUSE if found else 0)
    found.append(_piece(f"{lang}/{place(said)}"))
    return found if all(piece.key in bank for piece in found) else None


def _call(number: str, lang: Lang, bank: Container[str], pause_ms: int) -> list[Piece]:
    letters, figures = normalise.split(number)
    whole = f"{lang}/call/{letters}{figures}"
    if whole in bank:
        return [Piece(whole, pause_ms)]
    before, last = figures[:-NUMBER_LENGTH], figures[-NUMBER_LENGTH:]
    digits = [_piece(f"{lang}/digit/{figure}") for figure in before]
    return [Piece(f"{lang}/letter/{letters}", pause_ms), *digits, *_number(last, lang, bank)]


def _number(figures: str, lang: Lang, bank: Container[str]) -> list[Piece]:
    """Three figures: in one breath, or a figure and the two last; English says one by one."""
    whole = f"{lang}/number/{figures}"
    if whole in bank:
        return [_piece(whole)]
    if lang == "zh":
        return [_piece(f"zh/digit/{figures[0]}"), _piece(f"zh/tail/{figures[1:]}")]
    return [*(_piece(f"en/digit/{figure}") for figure in figures[:-1]), _piece(f"en/last/{figures[-1]}")]


def place(said: Announcement) -> str:
    """The key of the place, without its language. Raises ValueError for a window that cannot be said."""
    if said.window is None:
        return "zero"
    normalise.cardinal(said.window)
    return f"zero/{said.window}" if said.kind == "zero" else f"window/{said.window}"


def written(found: Iterable[Piece]) -> str:
    """The pieces as the one line of text that the pyttsx3 driver ``hallbank`` takes."""
    return " ".join(f"{piece.pause_ms}:{piece.key}" for piece in found)


def read(line: str) -> list[Piece]:
    """The other way round. Raises ValueError for a line that ``written`` never wrote."""
    halves = (word.partition(":") for word in line.split())
    found = [Piece(key, int(pause)) for pause, _, key in halves if key]
    if not found or written(found) != line:
        raise ValueError(f"no line of clips: {line!r}")
    return found


def _piece(key: str) -> Piece:
    return Piece(key, PAUSES.get(key.split("/")[1], 30))
