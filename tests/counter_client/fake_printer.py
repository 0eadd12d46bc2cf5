"""A ticket printer without paper: it understands what it is sent, answers like one, and shows what it printed."""

import os
import select
import socket
import threading
import tty
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

ONLINE, PAPER = b"\x10\x04\x01", b"\x10\x04\x04"
#: Bytes of an order behind its first two, for those without a length of their own.
FIXED = {b"\x1b@": 0, b"\x1c&": 0, b"\x1b2": 0, b"\x1bE": 1, b"\x1ba": 1, b"\x1bd": 1, b"\x1d!": 1, b"\x1dV": 1}
FIXED |= {b"\x1dr": 1, b"\x10\x04": 1, b"\x1bt": 1, b"\x1c.": 0}


@dataclass
class Line:
    text: str
    size: int
    bold: bool
    centred: bool


@dataclass
class Image:
    rows: list[str]


@dataclass
class Mood:
    """How the printer is."""

    paper: str = "enough"
    offline: bool = False
    #: Says nothing of itself, as cheap ones do.
    mute: bool = False
    #: Knows no question at the end of a sheet.
    without_end: bool = False
    #: Runs out of paper after so many lines of text.
    lines_left: int | None = None
    #: Hangs up after so many bytes.
    hangs_up_after: int | None = None
    #: Does nothing with a sheet before this is set.
    waits_for: threading.Event | None = None


@dataclass
class Roll:
    """Everything that was printed, sheet by sheet; raises ValueError for an order that no printer here knows."""

    mood: Mood = field(default_factory=Mood)
    sheets: list[list[Line | Image]] = field(default_factory=list)
    chinese: bool = False
    code_pages: list[int] = field(default_factory=list)
    taken: int = 0
    _buffer: bytes = b""
    _text: bytes = b""
    _style: dict[bytes, int] = field(default_factory=dict)
    _open: list[Line | Image] = field(default_factory=list)

    def feed(self, data: bytes) -> bytes:
        """Take bytes in any pieces; what the printer answers."""
        self._buffer, said = self._buffer + data, b""
        self.taken += len(data)
        while self._buffer:
            size = self._size()
            if size is None or len(self._buffer) < size:
                break
            order, self._buffer = self._buffer[:size], self._buffer[size:]
            said += self._obey(order)
        return b"" if self.mood.mute else said

    def _size(self) -> int | None:
        """Bytes of the order or character that comes next; None while too few are here."""
        first = self._buffer[0]
        if first not in b"\x1b\x1c\x1d\x10":
            return 2 if first > 0x7F and self.chinese else 1
        name = self._buffer[:2]
        if len(name) < 2 or (name == b"\x1dv" and len(self._buffer) < 8):
            return None
        if name == b"\x1dv":
            across, height = (int.from_bytes(self._buffer[at : at + 2], "little") for at in (4, 6))
            return 8 + across * height
        if name not in FIXED:
            raise ValueError(f"an order that the printer does not know: {self._buffer[:4]!r}")
        return 2 + FIXED[name]

    def _obey(self, order: bytes) -> bytes:
        name = order[:2]
        if name == b"\x10\x04":
            return self._state(order[2])
        if name == b"\x1dr":
            return b"" if self.mood.without_end or self._stuck else bytes((0x03 if self.mood.paper == "low" else 0,))
        if not self._stuck:
            self._print(name, order)
        return b""

    @property
    def _stuck(self) -> bool:
        return self.mood.paper == "out" or self.mood.offline

    def _print(self, name: bytes, order: bytes) -> None:
        if order == b"\n":
            self._end_line()
        elif order[0] not in b"\x1b\x1c\x1d":
            self._text += order
        elif name == b"\x1dv":
            self._open.append(_image(order))
        elif name == b"\x1dV":
            self.sheets.append(self._open)
            self._open = []
        elif name == b"\x1b@":
            self.chinese, self._style = False, {}
        elif name == b"\x1c&":
            self.chinese = True
        elif name == b"\x1bt":
            self.code_pages.append(order[2])
        else:
            self._style[name] = order[-1]

    def _end_line(self) -> None:
        size, bold = self._style.get(b"\x1d!", 0), self._style.get(b"\x1bE", 0)
        text = self._text.decode("gb18030" if self.chinese else "cp437")
        self._open.append(Line(text, 1 + (size & 7), bool(bold), self._style.get(b"\x1ba", 0) == 1))
        self._text = b""
        if self.mood.lines_left is not None:
            self.mood.lines_left -= 1
            self.mood.paper = "out" if self.mood.lines_left <= 0 else self.mood.paper

    def _state(self, question: int) -> bytes:
        told = 0x12
        if question == 1:
            told |= 0x08 if self._stuck else 0
        if question == 4:
            told |= {"enough": 0, "low": 0x0C, "out": 0x6C}[self.mood.paper]
        return bytes((told,))

    def text(self, sheet: int = -1) -> str:
        return "\n".join(part.text for part in self.sheets[sheet] if isinstance(part, Line))

    def images(self, sheet: int = -1) -> list[Image]:
        return [part for part in self.sheets[sheet] if isinstance(part, Image)]


def _image(order: bytes) -> Image:
    across = int.from_bytes(order[4:6], "little")
    rows = [order[8 + at : 8 + at + across] for at in range(0, len(order) - 8, across)]
    return Image([f"{int.from_bytes(row, 'big'):0{across * 8}b}" for row in rows])


class NetworkPrinter:
    """A roll behind a port on the loopback, one visitor after another, as such printers are."""

    def __init__(self) -> None:
        self.roll = Roll()
        self.visits = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                visitor, _ = self._listener.accept()
            except OSError:
                return
            self.visits += 1
            with visitor:
                self._talk(visitor)

    def _talk(self, visitor: socket.socket) -> None:
        taken = 0
        while True:
            try:
                data = visitor.recv(256)
                if not data:
                    return
                taken += len(data)
                limit = self.roll.mood.hangs_up_after
                if limit is not None and taken > limit:
                    return
                if self.roll.mood.waits_for is not None and taken > len(ONLINE + PAPER):
                    self.roll.mood.waits_for.wait()
                visitor.sendall(self.roll.feed(data))
            except OSError:
                return

    def close(self) -> None:
        with suppress(OSError):
            # Closing alone does not wake who waits for the next visitor.
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


class SerialPrinter:
    """A roll on a pseudo-terminal."""

    def __init__(self) -> None:
        self.roll = Roll()
        self._master, slave = os.openpty()
        tty.setraw(slave)
        self.path = os.ttyname(slave)
        self._slave, self._open = slave, True
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while self._open:
            if select.select([self._master], [], [], 0.05)[0]:
                said = self.roll.feed(os.read(self._master, 256))
                if said:
                    os.write(self._master, said)

    def close(self) -> None:
        self._open = False
        self._thread.join()
        os.close(self._slave)
        os.close(self._master)


def ticking(step: float = 1.0) -> Callable[[], float]:
    """A clock that goes on by itself at every look."""
    now = [0.0]

    def clock() -> float:
        now[0] += step
        return now[0]

    return clock
