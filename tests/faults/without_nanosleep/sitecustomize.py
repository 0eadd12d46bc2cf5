"""Lets a server sleep under libfaketime, whose ``clock_nanosleep`` refuses every sleep of Python 3.11 and later.

First on a server's path in the clock's tests only. ``time.sleep`` asks for a moment of the monotonic clock;
libfaketime 0.9.10 reckons it from the clock on the wall and answers EINVAL. ``select`` it leaves alone.
"""

import select
import sys
import time
import types

_select = select.select


def _sleep(seconds: float) -> None:
    _select([], [], [], seconds)


time.sleep = _sleep
# Eventlet keeps an unpatched copy of its own; this is the name that it looks for before it makes one.
_kept = types.ModuleType("time")
_kept.__dict__.update(vars(time))
sys.modules["__original_module_time"] = _kept
