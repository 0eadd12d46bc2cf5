"""A bucket of failures fills, refuses and empties by itself."""

from datetime import UTC, datetime, timedelta

from queue_server.domain.attempts import Limit

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
LIMIT = Limit("test", most=3, one_every=timedelta(seconds=20))


def test_it_takes_as_many_as_it_holds_and_then_one_for_each_that_has_left() -> None:
    assert LIMIT.room_at(2.0, NOW, NOW) is None
    assert LIMIT.room_at(3.0, NOW, NOW) == NOW + timedelta(seconds=20)
    assert LIMIT.room_at(3.0, NOW, NOW + timedelta(seconds=19)) == NOW + timedelta(seconds=20)
    assert LIMIT.room_at(3.0, NOW, NOW + timedelta(seconds=20)) is None


def test_it_is_never_less_than_empty_and_a_clock_that_went_back_empties_nothing() -> None:
    assert LIMIT.level(2.0, NOW, NOW + timedelta(hours=5)) == 0.0
    assert LIMIT.level(2.0, NOW, NOW - timedelta(hours=5)) == 2.0


def test_it_is_never_more_than_full() -> None:
    assert [LIMIT.with_one_more(level, NOW, NOW) for level in (0.0, 2.0, 3.0)] == [1.0, 3.0, 3.0]
