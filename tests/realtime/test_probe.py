"""The probe tells how long the event loop stood still, and forgets after a minute."""

import pytest

from queue_server.metrics import HUB_LONGEST, HUB_OWN_LONGEST, HUB_STOP
from queue_server.realtime.probe import PAUSE_S, WINDOW_S, Probe, kept_waiting


class Loop:
    """An event loop whose pauses come back late on demand."""

    def __init__(self) -> None:
        self.now = 100.0
        self.late = 0.0
        #: Of that, how much other programs took.
        self.taken, self.waited = 0.0, 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds + self.late
        self.waited += self.taken
        self.late = self.taken = 0.0

    def clock(self) -> float:
        return self.now


def longest() -> float:
    return float(HUB_LONGEST._value.get())


def run_for(probe: Probe, loop: Loop, seconds: float) -> None:
    end = loop.now + seconds
    while loop.now < end:
        probe.measure()


def test_a_stop_is_measured_told_for_a_minute_and_forgotten() -> None:
    loop = Loop()
    probe = Probe(loop.sleep, loop.clock)
    run_for(probe, loop, 2)
    assert longest() < 1e-9
    loop.late = 0.3
    assert abs(probe.measure() - 0.3) < 1e-9
    run_for(probe, loop, 2)
    assert abs(longest() - 0.3) < 1e-9
    run_for(probe, loop, WINDOW_S + 2)
    assert longest() < 1e-9


def test_who_asks_is_told_of_every_turn() -> None:
    loop, turns = Loop(), []
    probe = Probe(loop.sleep, loop.clock, woke=lambda: turns.append(loop.now))
    run_for(probe, loop, 5 * PAUSE_S)
    assert turns == pytest.approx([100 + n * PAUSE_S for n in range(1, len(turns) + 1)])
    assert len(turns) >= 5


def test_what_other_programs_took_is_told_apart() -> None:
    loop = Loop()
    probe = Probe(loop.sleep, loop.clock, lambda: loop.waited)
    loop.late, loop.taken = 0.4, 0.3
    probe.measure()
    run_for(probe, loop, 2)
    assert abs(longest() - 0.4) < 1e-9
    assert abs(HUB_OWN_LONGEST._value.get() - 0.1) < 1e-9


def test_the_system_s_count_of_waiting_only_grows() -> None:
    before = kept_waiting()
    assert sum(range(100_000)) > 0
    assert kept_waiting() >= before >= 0


def test_every_pause_is_counted_by_how_late_it_came() -> None:
    loop = Loop()
    probe = Probe(loop.sleep, loop.clock)
    before = HUB_STOP._sum.get()
    for late in (0.0, 0.02, 0.07):
        loop.late = late
        probe.measure()
    assert abs(HUB_STOP._sum.get() - before - 0.09) < 1e-9
    assert loop.now > 100 + 3 * PAUSE_S
