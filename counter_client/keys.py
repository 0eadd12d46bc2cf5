"""From bytes to keys: sequences that may be split, followed by others, or no key at all."""

import re
from collections.abc import Mapping
from typing import Final

#: A terminal's sequences: whole, and the beginning of one. An unknown one must go as a whole: its
#: figures are not figures that somebody typed.
_WHOLE: Final = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|O[ -~])")
_BEGUN: Final = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|O)?\Z")

#: What terminals send for the numeric keypad: in application mode, and with NumLock off.
_KEYPAD: Final = {
    **{b"\x1bO" + bytes([ord("p") + figure]): str(figure) for figure in range(10)},
    b"\x1bOM": "enter",
    b"\x1bOj": "*",
    b"\x1bOk": "+",
    b"\x1bOm": "-",
    b"\x1bOn": ".",
    b"\x1bOo": "/",
    b"\x1b[2~": "0",
    b"\x1b[F": "1",
    b"\x1bOF": "1",
    b"\x1b[4~": "1",
    b"\x1b[B": "2",
    b"\x1bOB": "2",
    b"\x1b[6~": "3",
    b"\x1b[D": "4",
    b"\x1bOD": "4",
    b"\x1b[E": "5",
    b"\x1b[G": "5",
    b"\x1b[C": "6",
    b"\x1bOC": "6",
    b"\x1b[H": "7",
    b"\x1bOH": "7",
    b"\x1b[1~": "7",
    b"\x1b[A": "8",
    b"\x1bOA": "8",
    b"\x1b[5~": "9",
    b"\x1b[3~": ".",
}
TERMINAL: Final[dict[bytes, str]] = {
    **{bytes([code]): chr(code).lower() for code in range(0x20, 0x7F)},
    **_KEYPAD,
    b"\r": "enter",
    b"\n": "enter",
    b"\x08": "backspace",
    b"\x7f": "backspace",
    b"\x1b": "escape",
}


class KeyDecoder:
    """Finds the sequences of a table in a stream of bytes; drops what is none of them."""

    def __init__(self, table: Mapping[bytes, str]) -> None:
        self._table = dict(table)
        self._longest = max(map(len, table), default=0)
        self._terminal = b"\x1b" in table and b"\x1bOM" in table
        self._bytes = b""

    def feed(self, data: bytes) -> list[str]:
        """The keys that are complete now; the beginning of a longer one is kept."""
        self._bytes += data
        return self._take(waiting=True)

    def flush(self) -> list[str]:
        """Nothing more came: what was kept is a key by itself, or nothing."""
        return self._take(waiting=False)

    @property
    def begun(self) -> bool:
        """A sequence has begun and may go on."""
        return bool(self._bytes)

    def _take(self, waiting: bool) -> list[str]:
        keys: list[str] = []
        while self._bytes and not (waiting and self._may_go_on()):
            length = self._match()
            if self._bytes[:length] in self._table:
                keys.append(self._table[self._bytes[:length]])
            self._bytes = self._bytes[length:]
        return keys

    def _may_go_on(self) -> bool:
        if self._terminal and _BEGUN.match(self._bytes):
            return True
        return any(len(known) > len(self._bytes) and known.startswith(self._bytes) for known in self._table)

    def _match(self) -> int:
        """How many bytes belong together at the beginning."""
        for length in range(min(self._longest, len(self._bytes)), 0, -1):
            if self._bytes[:length] in self._table and (length > 1 or not self._is_sequence()):
                return length
        sequence = _WHOLE.match(self._bytes) if self._terminal else None
        return sequence.end() if sequence else 1

    def _is_sequence(self) -> bool:
        return self._terminal and _WHOLE.match(self._bytes) is not None
