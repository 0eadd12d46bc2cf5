"""Keys of the terminal that the keypad's program runs in, one by one and without an echo."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from counter_client.keys import TERMINAL, KeyDecoder

if sys.platform != "win32":
    import os
    import select
    import termios
    import tty

#: A sequence that does not go on within this time is over, in seconds.
GAP_S: Final = 0.05
#: How often the thread looks whether it is to stop, in seconds.
LOOK_UP_S: Final = 0.2


@contextmanager
def one_by_one() -> Iterator[None]:
    """While it lasts every key comes at once. Ctrl-C goes on ending the program."""
    if sys.platform == "win32" or not sys.stdin.isatty():
        yield
        return
    before = termios.tcgetattr(sys.stdin)
    try:
        tty.setcbreak(sys.stdin)
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def read(on_key: Callable[[str], None], stopping: threading.Event) -> None:
    """Read until the stop, or until there is nothing more to come (a pipe's end)."""
    decoder = KeyDecoder(TERMINAL)
    while not stopping.is_set():
        data = _piece(GAP_S if decoder.begun else LOOK_UP_S)
        keys = decoder.flush() if data is None else decoder.feed(data)
        for key in keys:
            on_key(key)
        if data == b"":
            return


if sys.platform == "win32":

    def _piece(within_s: float) -> bytes | None:
        """What was typed; None when nothing was for so long."""
        import msvcrt

        if not msvcrt.kbhit():
            threading.Event().wait(GAP_S)
            return None
        typed = msvcrt.getwch()
        if typed in ("\x00", "\xe0"):  # an arrow or the like comes as two
            msvcrt.getwch()
            return None
        return typed.encode(errors="ignore") or None

else:

    def _piece(within_s: float) -> bytes | None:
        """What was typed; None when nothing was for so long, nothing at all at the end of a pipe."""
        file = sys.stdin.fileno()
        ready, _, _ = select.select([file], [], [], within_s)
        return os.read(file, 256) if ready else None
