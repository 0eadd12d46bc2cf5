"""What the clerk's desk remembers between two commands: who sits where, and the press nobody has answered yet.

Everything lies in one folder that only this user can read. Several windows on one account need a folder each.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Final, TypeVar

from counter_client.api import Identity, new_key

#: The same key within this time is one press, in seconds; the counter's page has the same figure.
DOUBLE_PRESS_S: Final = 0.35

Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Seat:
    """Who is signed in, at which hall, and at which window."""

    server: str
    hall: str
    username: str
    #: Staff id.
    staff: str
    window: str
    cookie: str
    csrf: str

    @property
    def identity(self) -> Identity:
        return Identity(self.cookie, self.csrf)

    def is_of(self, other: "Seat") -> bool:
        """Whether it is the same person at the same hall: only their presses can be sent again."""
        return (self.server, self.hall, self.staff) == (other.server, other.hall, other.staff)


@dataclass(frozen=True)
class Press:
    """One press as it was sent, so that it can be sent again under its own key."""

    command: str
    #: What the clerk said with it: a line, a note, a reason.
    words: dict[str, str]
    #: What the command meant at that moment: ``next`` may be ``call`` or ``start``.
    action: str
    path: str
    body: dict[str, Any]
    #: Number of the ticket it is about, for the sentence.
    subject: str | None
    #: Real time, in seconds since 1970.
    at: float
    key: str = field(default_factory=new_key)

    def is_same(self, command: str, words: dict[str, str]) -> bool:
        return (self.command, self.words) == (command, words)


class Memory:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def seat(self) -> Seat | None:
        return _made(Seat, self._read("seat"))

    def sit(self, seat: Seat) -> None:
        """Keep the seat. Somebody else's unanswered press is forgotten: it cannot be sent in this name."""
        before = self.seat()
        if before is not None and not before.is_of(seat):
            self.settle()
        self._write("seat", asdict(seat))

    def leave(self) -> None:
        for name in ("seat", "press", "last"):
            self._path(name).unlink(missing_ok=True)

    def press(self) -> Press | None:
        """The press whose outcome is not known."""
        return _made(Press, self._read("press"))

    def keep(self, press: Press) -> None:
        """Write the press down before it is sent: this program may die before the answer, too."""
        self._write("press", asdict(press))

    def settle(self) -> None:
        """The press was answered."""
        self._path("press").unlink(missing_ok=True)

    def doubles(self, command: str, at: float) -> bool:
        """Note a press at ``at`` (seconds since 1970); whether it is the second half of a double one.

        Counted from the last of them, so that a key that is held down stays one press. Two processes may come
        here in the other order than they were started in.
        """
        last = self._read("last") or {}
        self._write("last", {"command": command, "at": at})
        return bool(last.get("command") == command and abs(at - float(last.get("at", 0))) < DOUBLE_PRESS_S)

    @contextmanager
    def hand(self) -> Iterator[bool]:
        """One press at a time on this desk: False while another process has one under way."""
        self._make_folder()
        with self._path("lock").open("ab") as file:
            yield _taken(file)

    def _path(self, name: str) -> Path:
        return self.folder / (name if name == "lock" else f"{name}.json")

    def _make_folder(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _read(self, name: str) -> dict[str, Any] | None:
        try:
            content = json.loads(self._path(name).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):  # a file that a power cut left empty says nothing
            return None
        return content if isinstance(content, dict) else None

    def _write(self, name: str, content: dict[str, Any]) -> None:
        """Whole or not at all, and readable by this user only."""
        self._make_folder()
        path = self._path(name)
        fresh = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False)
        fresh.replace(path)


def _made(kind: type[Kind], content: dict[str, Any] | None) -> Kind | None:
    """Built from a file's content; None when there is none, or one of another release."""
    try:
        return kind(**content) if content is not None else None
    except TypeError:
        return None


def default_folder() -> Path:
    """The user's folder for settings, as the system has it."""
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or Path.home())
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "window-zero-counter"


def _taken(file: IO[bytes]) -> bool:
    """Lock the file if nobody has it; the lock goes with the process, however that ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
