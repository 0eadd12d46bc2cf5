"""A ticket printer: where it is, how it is, and one sheet at a time. python-escpos holds the line to it."""

import errno
import logging
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from escpos import exceptions, printer

logger = logging.getLogger(__name__)
#: How long a printer may take to let us in, and to tell its state, in seconds.
ANSWER_S: Final = 2.0
#: How long the longest sheet may take, in seconds; the server gives a job up after 120.
SHEET_S: Final = 60.0
#: What the line to a printer raises when it breaks. pyserial's and pyusb's errors are OSErrors.
BROKEN: Final = (OSError, exceptions.Error)
#: A printer that tells its state, has taken everything and goes on being well without answering the question
#: at the end does not know that question: after so long the sheet counts as printed, in seconds.
TAKEN_S: Final = 15.0
#: Questions that a printer answers at once, also while it prints (``DLE EOT``): is it on line, is there paper.
ONLINE, PAPER = b"\x10\x04\x01", b"\x10\x04\x04"
#: Set in every answer to these, and in none to the question at the end of a sheet.
STATE_BIT: Final = 0x10


class Trouble(Exception):
    """The sheet is not out, or nobody knows; ``reason`` is from docs/protocol.md."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class State:
    """What a printer says of itself."""

    online: bool = True
    paper_out: bool = False
    paper_low: bool = False

    def require_ready(self) -> None:
        """Raises Trouble where no sheet can come out now."""
        if self.paper_out:
            raise Trouble("paper")
        if not self.online:
            raise Trouble("device")


class NetworkLine(printer.Network):  # type: ignore[misc]
    """python-escpos' own leaves a socket behind at every try that fails, and knows no IPv6."""

    def open(self, raise_not_found: bool = True) -> None:
        self.device = socket.create_connection((self.host, self.port), self.timeout)


Opener = Callable[[], Any]


def opener(text: str) -> Opener:
    """How to reach ``tcp:HOST:9100``, ``serial:/dev/ttyUSB0:9600``, ``usb:04b8:0e15`` or ``file:PATH``.

    Raises ValueError for anything else.
    """
    kind, _, place = text.partition(":")
    if kind not in OPENERS or not place:
        raise ValueError(f"{text}: tcp:HOST:PORT, serial:PATH:BAUD, usb:VENDOR:PRODUCT or file:PATH")
    return OPENERS[kind](place)


def _tcp(place: str) -> Opener:
    host, _, port = place.rpartition(":")
    host, number = (host, int(port)) if host else (place, 9100)
    return lambda: NetworkLine(host.strip("[]"), number, timeout=ANSWER_S)


def _serial(place: str) -> Opener:
    path, _, baud = place.rpartition(":")
    path, speed = (path, int(baud)) if path else (place, 9600)
    # Without DSR the printer's own flow control would wait for a wire that many cables lack.
    return lambda: printer.Serial(path, baudrate=speed, timeout=ANSWER_S / 4, dsrdtr=False)


def _usb(place: str) -> Opener:
    vendor, _, product = place.partition(":")
    numbers = int(vendor, 16), int(product, 16)
    return lambda: printer.Usb(*numbers, timeout=int(ANSWER_S * 1000))


def _file(place: str) -> Opener:
    return lambda: printer.File(place)


OPENERS: Final[dict[str, Callable[[str], Opener]]] = {"tcp": _tcp, "serial": _serial, "usb": _usb, "file": _file}


class TicketPrinter:
    """Prints one sheet after another, each over a line of its own: other programs may print in between."""

    def __init__(self, reach: Opener, patience_s: float = SHEET_S, clock: Callable[[], float] = time.monotonic) -> None:
        self._reach, self._patience_s, self._clock = reach, patience_s, clock

    def put(self, sheet: bytes) -> State:
        """Print a sheet that ends with ``GS r 1``, and wait until the printer has come so far, where it says anything.

        Raises Trouble: ``offline``, ``paper`` and ``device`` before anything was sent; afterwards ``paper`` and
        ``device`` when it stands still for that, and ``unknown`` when the line broke or nothing more is heard.
        """
        line = self._open()
        try:
            return self._send(Talk(line), sheet)
        finally:
            with suppress(*BROKEN):
                line.close()

    def _open(self) -> Any:
        try:
            line = self._reach()
            line.open()
        except (*BROKEN, RuntimeError) as error:
            logger.warning("the printer cannot be reached: %s", type(error).__name__)
            raise Trouble("offline") from None
        return line

    def _send(self, talk: "Talk", sheet: bytes) -> State:
        try:
            before = talk.state()
        except BROKEN:
            raise Trouble("offline") from None
        if before is not None:
            before.require_ready()
        try:
            talk.send(sheet, self._patience_s)
            return State() if before is None else self._wait(talk)
        except BROKEN:
            raise Trouble("unknown") from None

    def _wait(self, talk: "Talk") -> State:
        """Until the printer answers the question at the end of the sheet."""
        sent_at = self._clock()
        while self._clock() - sent_at < self._patience_s:
            talk.listen()
            state = None if talk.ended else talk.state()
            if talk.ended:
                return talk.state() or State()
            if state is not None:
                # It stands still in the middle of the sheet: with paper it would come to the end.
                state.require_ready()
                if self._clock() - sent_at > TAKEN_S:
                    return state
        raise Trouble("unknown")


class Talk:
    """Questions and answers on one line."""

    def __init__(self, line: Any) -> None:
        self._line = line
        #: The printer has answered the question at the end of a sheet.
        self.ended = False

    def send(self, sheet: bytes, patience_s: float) -> None:
        """All of it; a printer whose buffer is full may hold it up for so long, in seconds."""
        device = self._line.device
        if hasattr(device, "settimeout"):
            device.settimeout(patience_s)
        self._line._raw(sheet)
        if hasattr(device, "settimeout"):
            device.settimeout(ANSWER_S)

    def state(self) -> State | None:
        """How the printer is; None for one that does not say."""
        online, paper = self._ask(ONLINE), self._ask(PAPER)
        if online is None and paper is None:
            return None
        online, paper = online or 0, paper or 0
        return State(online=not online & 0x08, paper_out=bool(paper & 0x60), paper_low=bool(paper & 0x0C))

    def _ask(self, question: bytes) -> int | None:
        self._line._raw(question)
        return self.listen()

    def listen(self) -> int | None:
        """The state that the printer tells; None when it says nothing for a while.

        The answer at the end of a sheet may come in between: it is the one without bit 4.
        """
        said = self._read()
        self.ended = self.ended or any(not byte & STATE_BIT for byte in said)
        states = [byte for byte in said if byte & STATE_BIT]
        return states[-1] if states else None

    def _read(self) -> bytes:
        try:
            return bytes(self._line._read())
        except (TimeoutError, NotImplementedError):
            return b""
        except OSError as error:
            # pyusb's own kind of timeout, by its number or its text.
            if error.errno == errno.ETIMEDOUT or "timed out" in str(error).lower():
                return b""
            raise
