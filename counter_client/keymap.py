"""Which key does what: read from a file that a hall may change (``keypad.toml`` is the default)."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

DEFAULT: Final = Path(__file__).resolve().parent / "keypad.toml"
#: Names of keys besides printable characters.
NAMED: Final = frozenset({"enter", "backspace", "escape"})
_ACTIONS: Final = "next recall start finish missed call open close pause transfer digit clear nothing"
ACTIONS: Final = frozenset(_ACTIONS.split())


class KeymapError(Exception):
    """The mapping file cannot be used; the text names file, line and key."""


@dataclass(frozen=True)
class Keymap:
    #: Key → action.
    keys: dict[str, str]
    #: What a serial keypad sends → key.
    serial: dict[bytes, str]

    def action(self, key: str) -> str:
        """``nothing`` for a key that has no meaning."""
        return self.keys.get(key, "nothing")

    def key_of(self, action: str) -> str | None:
        """The first key of an action, for the help line."""
        return next((key for key, found in self.keys.items() if found == action), None)


def load(path: Path | None = None) -> Keymap:
    """Read a mapping file; what it leaves out is as in the default. Raises KeymapError."""
    default, own = _File(DEFAULT), _File(path) if path is not None else None
    keys = default.keys() | (own.keys() if own else {})
    sent = default.serial() | (own.serial() if own else {})
    serial: dict[bytes, str] = {}
    for key in keys:
        for sequence in sent.get(key, [] if key in NAMED else [key.encode()]):
            if sequence in serial:
                raise (own or default).error("serial", key, f"{sequence.hex()} is {serial[sequence]!r} already")
            serial[sequence] = key
    return Keymap(keys, serial)


class _File:
    """One mapping file and where things stand in it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._text = path.read_text(encoding="utf-8")
            self._content = tomllib.loads(self._text)
        except (OSError, UnicodeDecodeError) as error:
            raise KeymapError(f"{path}: {error}") from None
        except tomllib.TOMLDecodeError as error:  # says the line itself
            raise KeymapError(f"{path}: {error}") from None
        for section in self._content:
            if section not in ("keys", "serial"):
                raise self.error("", section, "unknown section; there are [keys] and [serial]")

    def keys(self) -> dict[str, str]:
        found = {}
        for key, action in self._section("keys").items():
            if action not in ACTIONS:
                raise self.error("keys", key, f"unknown action {action!r}; there are {' '.join(sorted(ACTIONS))}")
            if action == "digit" and key not in set("0123456789"):
                raise self.error("keys", key, "only 0 to 9 can be a digit")
            found[key.lower()] = action
        return found

    def serial(self) -> dict[str, list[bytes]]:
        return {key.lower(): self._sequences(key, given) for key, given in self._section("serial").items()}

    def _section(self, name: str) -> dict[str, Any]:
        section = self._content.get(name, {})
        if not isinstance(section, dict):
            raise self.error("", name, f"must be a section: [{name}]")
        for key in section:
            if key not in NAMED and not (len(key) == 1 and key.isascii() and key.isprintable()):
                raise self.error(name, key, f"no key; a character, or one of {' '.join(sorted(NAMED))}")
        return section

    def _sequences(self, key: str, given: Any) -> list[bytes]:
        try:
            sequences = [bytes.fromhex(text) for text in ([given] if isinstance(given, str) else given)]
        except (TypeError, ValueError):
            raise self.error("serial", key, f'not bytes in hexadecimal: {given!r}; write ["0d"]') from None
        if not all(sequences):
            raise self.error("serial", key, "an empty sequence")
        return sequences

    def error(self, section: str, key: str, problem: str) -> KeymapError:
        return KeymapError(f"{self._path}: line {self._line(section, key)}: key {key!r}: {problem}")

    def _line(self, section: str, key: str) -> int:
        """Where a key of a section stands, from 1; 1 when it is written in a way we do not look for."""
        name = re.escape(key)
        own = re.compile(rf"""\s*(?:["']{name}["']|{name})\s*=|\s*\[\s*["']?{name}["']?\s*\]""")
        inside = ""
        for number, line in enumerate(self._text.splitlines(), start=1):
            header = re.match(r"\s*\[\s*(\w+)\s*\]", line)
            if own.match(line) and (not section or inside == section):
                return number
            inside = header[1] if header else inside
        return 1
