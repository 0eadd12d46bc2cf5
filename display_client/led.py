"""An LED strip above a window, on a serial line: number and window, 暂停 or 请稍候.

The wire (docs/screens.md): 9600 baud, 8N1. A frame shows a text until the next one::

    STX "T" <text> ETX <check> CR        02 54 … 03 hh hh 0D

``text`` is GBK, padded with spaces to exactly 8 or 12 columns (a Chinese character takes two bytes and two columns).
``check`` is the exclusive or of all bytes from "T" to ETX as two upper-case hex digits. What the strip answers is not
waited for; the frame comes again every two seconds, so a strip that was without power shows the right thing soon.
"""

import contextlib
import logging
import os
import select
import termios
import threading
from collections.abc import Mapping
from functools import reduce
from operator import xor
from pathlib import Path
from typing import Any

from display_client.reducer import State

logger = logging.getLogger(__name__)

STX, ETX, CR = b"\x02", b"\x03", b"\r"
CODING = "gbk"
#: Strips are made for so many columns.
COLUMNS = (8, 12)
PAUSED, WAIT, DARK = "暂停", "请稍候", ""
ZERO = "零号"
#: A frame comes again this often; a port that is away is opened again as often, in seconds.
REPEAT_S = 2.0
#: A frame takes 20 ms on the line; a port that takes nothing for this long is broken, in seconds.
WRITTEN_WITHIN_S = 2.0


def text_for(state: State, window: str, columns: int, stale: bool) -> str:
    """What the strip of ``window`` shows. While the news are old it names nobody."""
    known: Mapping[str, Any] = state["windows"].get(window, {})
    if stale or not known:
        return WAIT
    if known.get("state") == "paused":
        return PAUSED
    if known.get("state") != "open":
        return DARK
    here = [ticket for ticket in state["tickets"].values() if ticket.get("window") == window]
    for wanted in ("called", "serving"):
        for ticket in here:
            if ticket.get("state") == wanted:
                return _with_window(str(ticket["number"]), known, columns)
    return WAIT


def _with_window(number: str, window: Mapping[str, Any], columns: int) -> str:
    """The number at the left, the window at the right: 「A001   3号窗」, or with less room 「A001   3」."""
    place = ZERO if window.get("kind") == "zero" else str(window.get("number"))
    for right in (place + ("窗" if place == ZERO else "号窗"), place):
        space = columns - _width(number) - _width(right)
        if space >= 1 or (space == 0 and right == ZERO):
            return number + " " * space + right
    return number


def frame(text: str, columns: int) -> bytes:
    """The bytes that show ``text``, in the middle where it is shorter. What does not fit is cut by whole characters."""
    while _width(text) > columns:
        text = text[:-1]
    left = (columns - _width(text)) // 2
    shown = (" " * left + text).encode(CODING, "replace").ljust(columns)
    checked = b"T" + shown + ETX
    return STX + checked + b"%02X" % reduce(xor, checked) + CR


def _width(text: str) -> int:
    return len(text.encode(CODING, "replace"))


class Strip:
    """Keeps one strip showing what it was last given; finds its port again for ever."""

    def __init__(self, port: Path, window: str, columns: int) -> None:
        self._port, self._window, self._columns = port, window, columns
        self._frame = frame(WAIT, columns)
        self._changed = threading.Event()

    def show(self, state: State, stale: bool) -> None:
        """Called with every piece of news; cheap when nothing changes."""
        wanted = frame(text_for(state, self._window, self._columns, stale), self._columns)
        if wanted != self._frame:
            self._frame = wanted
            self._changed.set()

    def run(self, stopping: threading.Event) -> None:
        """Write until told to stop, then leave the strip dark."""
        away = False
        while not stopping.is_set():
            try:
                with _opened(self._port) as line:
                    logger.info("the strip at %s is there", self._port)
                    away = False
                    self._keep_writing(line, stopping)
            except (OSError, termios.error) as error:
                if not away:
                    logger.error("the strip at %s is away (%s); trying again for ever", self._port, error)
                away = True
                stopping.wait(REPEAT_S)

    def _keep_writing(self, line: int, stopping: threading.Event) -> None:
        while not stopping.is_set():
            self._changed.clear()
            _write(line, self._frame)
            self._changed.wait(REPEAT_S)
        _write(line, frame(DARK, self._columns))


@contextlib.contextmanager
def _opened(port: Path) -> Any:
    """The serial line as the strip speaks it. Raises OSError, termios.error."""
    line = os.open(port, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        speed = termios.B9600
        characters = termios.CS8 | termios.CREAD | termios.CLOCAL
        termios.tcsetattr(line, termios.TCSANOW, [0, 0, characters, 0, speed, speed, termios.tcgetattr(line)[6]])
        yield line
    finally:
        os.close(line)


def _write(line: int, data: bytes) -> None:
    """All of it. What the strip sends is thrown away. Raises OSError, TimeoutError when the port takes nothing."""
    with contextlib.suppress(BlockingIOError):
        os.read(line, 1024)
    while data:
        if not select.select([], [line], [], WRITTEN_WITHIN_S)[1]:
            raise TimeoutError("it takes no bytes")
        data = data[os.write(line, data) :]
