"""A sheet as ESC/POS bytes, for printers with Chinese characters.

Chinese text goes out as GB18030 in the printer's Chinese mode (``FS &``), in which a pair of bytes is a
character. No code page is ever chosen (``ESC t``): it would make single letters of such pairs. The mode
is entered anew at the head of each sheet, for a printer forgets it when it is switched off.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

import segno

from counter_client.printer.layout import Code, Part, Rule

#: Columns of half-width characters on a line, by the width of the paper in millimetres.
COLUMNS: Final = {80: 48, 58: 32}
#: Dots of one column.
COLUMN_DOTS: Final = 12
#: Dots of one module of a QR code: 0.6 mm, which a phone reads from thermal paper at arm's length.
MODULE_DOTS: Final = 5
#: The white edge around a QR code, in modules.
QUIET: Final = 4
FIRST: Final = b"\x1b@\x1c&\x1b2"
#: Feed past the knife, cut half through, and ask, behind all that, how the paper is: the printer answers
#: when it has come so far (``GS r 1``).
LAST: Final = b"\x1bd\x05\x1dV\x01\x1dr\x01"


def sheet_bytes(parts: Sequence[Part], paper_mm: int = 80) -> bytes:
    """All bytes of a sheet, from its start to the cut."""
    columns = COLUMNS[paper_mm]
    return FIRST + b"".join(_part(part, columns) for part in parts) + LAST


def _part(part: Part, columns: int) -> bytes:
    if isinstance(part, Code):
        return b"\x1ba\x01" + _qr(part.text) + b"\x1ba\x00"
    if isinstance(part, Rule):
        return b"-" * columns + b"\n"
    style = bytes((0x1D, 0x21, 0x11 * (part.size - 1), 0x1B, 0x45, part.bold, 0x1B, 0x61, part.centred))
    lines = wrapped(plain(part.text), columns // part.size, part.hanging)
    return style + b"".join(line.encode("gb18030") + b"\n" for line in lines) + b"\x1d!\x00\x1bE\x00\x1ba\x00"


def plain(text: str) -> str:
    """Without what would be an order to the printer instead of a character."""
    return "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in text)


def wrapped(text: str, columns: int, hanging: int = 0) -> list[str]:
    """Cut into lines of so many columns: between Chinese characters anywhere, else between words."""
    lines, line = [], ""
    for word in _words(text):
        rest = word
        if line.strip() and width(line + rest.rstrip()) > columns:
            lines.append(line.rstrip())
            line, rest = " " * hanging, rest.lstrip()
        while width(line + rest.rstrip()) > columns:
            head = _fitting(rest, columns - width(line))
            lines.append(line + head)
            line, rest = " " * hanging, rest[len(head) :]
        line += rest
    return [*lines, line.rstrip()]


def _words(text: str) -> Iterator[str]:
    """Pieces that stay on one line: a wide character alone, others up to and with the next space.

    A mark that closes something stays with what is before it.
    """
    word = ""
    for sign in text:
        if word and not _closes(sign) and (_wide(sign) or _wide(word[-1]) or (word[-1] == " " and sign != " ")):
            yield word
            word = ""
        word += sign
    if word:
        yield word


def _closes(sign: str) -> bool:
    return sign in "，。；：、？！）》」】”…,.;:?!)"


def _fitting(word: str, room: int) -> str:
    """As much of a word as fits; at least one character, or it would never end."""
    taken = 1
    while taken < len(word) and width(word[: taken + 1]) <= room:
        taken += 1
    return word[:taken]


def width(text: str) -> int:
    """Columns that a text takes."""
    return sum(2 if _wide(sign) else 1 for sign in text)


def _wide(sign: str) -> bool:
    """Everything that GB18030 does not write in one byte is as wide as high on paper."""
    return ord(sign) > 0x7F


def _qr(text: str) -> bytes:
    """A QR code as an image, which every printer can print (``GS v 0``)."""
    rows = [
        [dot for dot in row for _ in range(MODULE_DOTS)]
        for row in segno.make(text, error="m", micro=False).matrix_iter(border=QUIET)
    ]
    across = (len(rows[0]) + 7) // 8
    image = b"".join(_packed(row, across) * MODULE_DOTS for row in rows)
    height = len(rows) * MODULE_DOTS
    return b"\x1dv0\x00" + across.to_bytes(2, "little") + height.to_bytes(2, "little") + image


def _packed(row: Sequence[int], across: int) -> bytes:
    """One line of dots, eight in a byte, the first one highest."""
    bits = "".join("1" if dot else "0" for dot in row).ljust(across * 8, "0")
    return int(bits, 2).to_bytes(across, "big")
