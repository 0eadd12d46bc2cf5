"""The commands that measure a box beside a real server, in short: they run, nothing is lost, and nothing takes long."""

from benchmarks import pairs, speaking
from tests.support.chromium import needs_chromium
from tests.voice.espeak import needs_espeak


@needs_espeak
@needs_chromium
def test_two_clerks_who_call_at_once_are_both_seen_and_both_heard():
    outcome = pairs.measure(1)

    assert len(outcome.called) == 2
    assert outcome.faults == []


@needs_espeak
def test_a_call_sounds_soon():
    """The bar of 1.3 s is for a machine at rest: ``python -m benchmarks.speaking``. This one is shared."""
    took = speaking.measure(2, "espeak")

    assert len(took) == 2
    assert min(took) < 4000
