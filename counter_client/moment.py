"""When a hot key went down: when its process began, not when Python was ready at last."""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

_IMPORTED_AT = time.time()


def now() -> float:
    """Seconds since 1970. The processes of two hot keys have no clock in common but the computer's."""
    return time.time()


def pressed_at() -> float:
    """Seconds since 1970. On a busy machine two processes of one double press can be ready far apart; the
    kernel knows when each was started. Elsewhere than on Linux it is when this module was loaded."""
    if sys.platform == "linux":
        with suppress(OSError, ValueError, IndexError):
            # Field 22; the name before it, in brackets, may hold spaces.
            fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
            started_s = int(fields[19]) / os.sysconf("SC_CLK_TCK")
            return time.time() - (time.clock_gettime(time.CLOCK_BOOTTIME) - started_s)
    return _IMPORTED_AT
