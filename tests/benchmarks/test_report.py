"""The arithmetic behind the tables."""

import pytest

from benchmarks.report import Row, percentile, straight_line, table
from benchmarks.wire import frames, is_whole


@pytest.mark.parametrize(("percent", "value"), [(50, 50), (95, 95), (99, 99), (100, 100), (0.1, 1)])
def test_a_percentile_is_the_nearest_rank(percent: float, value: float) -> None:
    assert percentile(range(100, 0, -1), percent) == value


def test_a_bar_is_held_to_the_figure_or_to_the_ratio() -> None:
    assert Row("order", 40, "ms", bar=50).verdict == "ok"
    assert Row("order", 60, "ms", bar=50).verdict == "MISSED"
    assert Row("news", 40, "ms", 20, bar=1.5, of_ratio=True).verdict == "MISSED"
    assert Row("news", 29, "ms", 20, bar=1.5, of_ratio=True).verdict == "ok"
    assert "1.45" in table([Row("news", 29, "ms", 20, bar=1.5, of_ratio=True)])


def test_memory_that_climbs_two_megabytes_an_hour_misses_its_bar() -> None:
    hours = [n / 60 for n in range(60)]
    climbing = straight_line("own_mb", hours, [80 + 2 * hour for hour in hours], bar=1.0)
    level = straight_line("own_mb", hours, [80 + n % 2 for n in range(60)], bar=1.0)
    assert (round(climbing.per_hour, 6), climbing.missed) == (2.0, True)
    assert not level.missed
    assert level.give_or_take > climbing.give_or_take


def test_frames_are_told_apart_and_a_part_is_known_as_one() -> None:
    short, long = b"\x81\x03abc", b"\x81\x7e\x01\x00" + b"x" * 256
    assert list(frames(short + long)) == [short, long]
    *whole, rest = frames(short + long[:100])
    assert (whole, is_whole(rest), is_whole(long)) == ([short], False, True)
    assert not any(is_whole(long[:length]) for length in range(1, 260))
