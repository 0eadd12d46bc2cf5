"""Who may sound in a zone, when it is quiet, how loud it is, and what its figures say."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from queue_server.domain import loudspeakers
from queue_server.domain.device_errors import DeviceMute, NotAnnouncer, NotYourZone
from queue_server.domain.zone import (
    Screen,
    Zone,
    is_overdue,
    require_free,
    require_free_for,
    require_serves,
    whole_hall,
)
from queue_server.protocol import volume_at
from tests.support.halls import NINE

ZONE = Zone("h", "a", "A区", "Area A")


def seconds(value: float) -> timedelta:
    return timedelta(seconds=value)


def screen(name: str = "one", ago_s: float = 0, **said: Any) -> Screen:
    values: dict[str, Any] = {"zone": None, "sound": "ok", "shown_seq": None} | said
    return Screen(name, last_seen_at=NINE - seconds(ago_s), **values)


def test_a_zone_without_a_holder_is_anybody_s() -> None:
    require_free(ZONE, "one", None, NINE)
    require_free_for(ZONE, screen(), None, NINE)


@pytest.mark.parametrize(
    ("holder", "free"),
    [
        (screen("two"), False),
        (screen("two", 6), False),
        (screen("two", 6.001), True),
        (screen("two", sound=None), False),
        (screen("two", sound="none"), True),
        (screen("two", sound="muted"), True),
        (screen("two", sound="failed"), True),
        (screen("one"), True),
        (Screen("two", None, None, "ok", None), True),
    ],
    ids=str,
)
def test_a_holder_is_one_that_lives_and_can_be_heard(holder: Screen, free: bool) -> None:
    if free:
        require_free(ZONE, "one", holder, NINE)
        return
    with pytest.raises(NotAnnouncer) as refused:
        require_free(ZONE, "one", holder, NINE)
    assert refused.value.facts == {"zone": "a", "device": "two"}


def test_a_box_comes_before_a_page_and_a_page_not_before_a_box() -> None:
    require_free_for(ZONE, screen(form="box"), screen("two", form="page"), NINE)
    for asking, holder in (("page", "box"), ("page", "page"), ("box", "box"), (None, "page")):
        with pytest.raises(NotAnnouncer):
            require_free_for(ZONE, screen(form=asking), screen("two", form=holder), NINE)


def test_who_cannot_be_heard_asks_in_vain() -> None:
    with pytest.raises(DeviceMute):
        require_free_for(ZONE, screen(sound="failed"), None, NINE)


def test_a_screen_serves_its_zone_or_all() -> None:
    require_serves(ZONE, screen())
    require_serves(ZONE, screen(zone="a"))
    require_serves(ZONE, None)
    with pytest.raises(NotYourZone):
        require_serves(ZONE, screen(zone="b"))


@pytest.mark.parametrize(
    ("oldest_s", "speaking", "ended_s", "overdue"),
    [
        (3, False, None, True),
        (2.999, False, None, False),
        (60, True, None, False),
        (60, False, 3, True),
        (60, False, 2.999, False),
        (3, False, 60, True),
        (None, False, 60, False),
    ],
)
def test_an_announcer_that_leaves_the_head_of_its_queue_alone_is_overdue(
    oldest_s: float | None, speaking: bool, ended_s: float | None, overdue: bool
) -> None:
    def ago(s: float | None) -> datetime | None:
        return None if s is None else NINE - seconds(s)

    assert is_overdue(ago(oldest_s), speaking, ago(ended_s), NINE) is overdue


@pytest.mark.parametrize(
    ("time", "volume"),
    [
        ("06:59", 0.3),
        ("07:00", 0.8),
        ("11:59", 0.8),
        ("12:00", 0),
        ("13:29", 0),
        ("13:30", 0.8),
        ("18:00", 0.3),
        ("22:59", 0.3),
        ("23:00", 0),
        ("00:30", 0),
        ("01:00", 0.3),
    ],
)
def test_volume_by_the_time_of_day(time: str, volume: float) -> None:
    zone = {"quiet": [["12:00", "13:30"], ["23:00", "01:00"]], "volumes": [["18:00", 0.3], ["07:00", 0.8]]}

    assert volume_at(zone, time) == volume
    assert Zone("h", "a", "A", "A", **zone).is_quiet(time) is (volume == 0)  # type: ignore[arg-type]


def test_a_zone_that_says_nothing_is_never_quiet() -> None:
    assert volume_at({}, "03:00") == 1.0
    assert not whole_hall("h").is_quiet("12:30")


@pytest.mark.parametrize(
    ("waits", "expected"),
    [([], None), ([4.0], 4.0), ([*range(1, 21)], 19), ([*range(1, 101)], 95), ([*range(1, 102)], 96)],
)
def test_p95_is_the_nearest_rank(waits: list[float], expected: float | None) -> None:
    assert loudspeakers.p95([*reversed(waits)]) == expected


def test_a_zone_is_to_be_split_when_its_loudspeaker_cannot_keep_up() -> None:
    assert [loudspeakers.hint(value) for value in (None, 20.0, 20.01)] == [None, None, "split_zone"]


def test_the_states_of_a_screen() -> None:
    assert loudspeakers.state(screen(ago_s=6), NINE) == "live"
    assert loudspeakers.state(screen(stale=True), NINE) == "stale"
    assert loudspeakers.state(screen(ago_s=6.1, stale=True), NINE) == "silent"
    assert loudspeakers.state(Screen("x", None, None, None, None), NINE) == "silent"
