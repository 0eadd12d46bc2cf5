"""A keypad on a serial line: it works while the clerk's keyboard belongs to another program.

The adapter is small on purpose. A keypad is a device path, a speed, and a table from bytes to keys
(``[serial]`` in the mapping file). The line is 8 data bits, no parity, 1 stop bit, no flow control, and
only read. It needs nothing but the standard library's termios, so there is none on Windows: keypads
sold for it are keyboards, and go through hot keys.
"""

import errno
import logging
import os
import secrets
import select
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from counter_client.keys import KeyDecoder

if sys.platform != "win32":
    import termios

logger = logging.getLogger(__name__)

#: Contacts bounce: the same key within this time is the same press, in seconds.
BOUNCE_S: Final = 0.05
#: A sequence that does not go on within this time is over, in seconds.
GAP_S: Final = 0.05
#: How often the thread looks whether it is to stop, in seconds.
LOOK_UP_S: Final = 0.2
#: Pause before the next try to open a device that is not there: from, to, in seconds.
REOPEN_S: Final = (0.5, 1.0)


class Bounce:
    """Tells a key from its echo. Counted from the last one, so that a long rattle is one press."""

    def __init__(self) -> None:
        self._last: tuple[str, float] | None = None

    def is_new(self, key: str, now: float) -> bool:
        """``now`` is monotonic, in seconds."""
        last, self._last = self._last, (key, now)
        return last is None or last[0] != key or now - last[1] >= BOUNCE_S


class SerialKeypad:
    """Reads one device for ever; opens it again when it was unplugged."""

    def __init__(
        self,
        path: Path,
        table: Mapping[bytes, str],
        on_key: Callable[[str], None],
        on_plugged: Callable[[bool], None] = lambda plugged: None,
        baud: int = 9600,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``on_key`` and ``on_plugged`` are called on the reading thread. Raises ValueError for a speed
        that the system does not have."""
        self._path, self._table, self._speed = path, table, speed_of(baud)
        self._on_key, self._on_plugged, self._clock = on_key, on_plugged, clock
        self._plugged: bool | None = None

    def run(self, stopping: threading.Event) -> None:
        """Read until told to stop."""
        while not stopping.is_set():
            try:
                device = _open(self._path, self._speed)
            except OSError as error:
                self._say(False, error)
                # Many keypads on one hub come back together.
                stopping.wait(secrets.SystemRandom().uniform(*REOPEN_S))
                continue
            try:
                self._say(True)
                self._read(device, stopping)
            except OSError as error:
                self._say(False, error)
            finally:
                with suppress(OSError):
                    os.close(device)

    def _read(self, device: int, stopping: threading.Event) -> None:
        """Until the stop. Raises OSError when the device is gone."""
        decoder, bounce = KeyDecoder(self._table), Bounce()
        while not stopping.is_set():
            ready, _, _ = select.select([device], [], [], GAP_S if decoder.begun else LOOK_UP_S)
            if ready:
                data = os.read(device, 256)
                if not data:
                    raise OSError(errno.ENODEV, "unplugged")
                keys = decoder.feed(data)
            else:
                keys = decoder.flush()
            for key in keys:
                if bounce.is_new(key, self._clock()):
                    self._on_key(key)

    def _say(self, plugged: bool, why: OSError | None = None) -> None:
        if plugged != self._plugged:
            self._plugged = plugged
            logger.info("%s: %s", self._path, "plugged in" if plugged else why)
            self._on_plugged(plugged)


def speed_of(baud: int) -> int:
    """The system's constant of a speed in bits per second. Raises ValueError."""
    speed = getattr(termios, f"B{baud}", None) if sys.platform != "win32" else None
    if speed is None:
        raise ValueError(f"no such speed on this system: {baud}")
    return int(speed)


def _open(path: Path, speed: int) -> int:
    """Open the device raw, 8N1. A path that is no serial line is an OSError too: it may become one."""
    device = os.open(path, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        control = termios.CS8 | termios.CREAD | termios.CLOCAL
        # No input or output processing, no echo, no signals: every byte comes through as it is.
        special = termios.tcgetattr(device)[6]
        special[termios.VMIN], special[termios.VTIME] = 1, 0
        termios.tcsetattr(device, termios.TCSANOW, [0, 0, control, 0, speed, speed, special])
        termios.tcflush(device, termios.TCIFLUSH)
    except termios.error as error:
        os.close(device)
        raise OSError(errno.ENOTTY, f"no serial line: {error}") from None
    return device
