"""python-engineio leaves the socket of a handshake that failed to the garbage collector.

Servers that die and networks that are cut make many; the suite's rule that every socket is closed stays for
all others.
"""

import gc
import threading
import warnings

import pytest

from tests.support.servers import wait_until

leaves_handshakes_open = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")


def collect_handshakes() -> None:
    """Have them collected while they are known to be the library's; first its threads must let go of them."""
    wait_until(
        lambda: not any(_of_the_library(thread) for thread in threading.enumerate()), 30, "the last thread's end"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def _of_the_library(thread: threading.Thread) -> bool:
    """The box's link, and the loops that engineio runs for each connection."""
    return thread.name == "link" or "_loop" in thread.name or "_engineio" in thread.name
