"""A call counts as shown by what living screens say that they have drawn."""

from datetime import timedelta
from typing import Any

import pytest

from queue_server.domain.announcement import Announcement, Spoken
from queue_server.domain.delivery import is_unshown, newly_shown
from queue_server.domain.zone import Screen
from tests.support.halls import NINE


def call(seq: int = 10, **values: Any) -> Announcement:
    return Announcement("h", seq, NINE.date(), "t", "A001", "A", "1", False, NINE, **values)


def screen(name: str, drawn: int | None, zone: str | None = None, ago_s: float = 0) -> Screen:
    return Screen(name, zone, NINE - timedelta(seconds=ago_s), "none", drawn)


def shown(one: Announcement, *screens: Screen) -> bool:
    return newly_shown([one], screens, NINE, NINE + timedelta(seconds=1)) == [one]


def test_told_for_the_first_and_for_the_last_screen_only() -> None:
    one = call()

    assert not shown(one, screen("a", 9), screen("b", 9), screen("c", 9))
    assert shown(one, screen("a", 10), screen("b", 9), screen("c", 9))
    assert (one.shown, one.of, one.shown_at) == (1, 3, NINE + timedelta(seconds=1))
    assert not shown(one, screen("a", 10), screen("b", 10), screen("c", 9))
    assert shown(one, screen("a", 11), screen("b", 10), screen("c", 10))
    assert (one.shown, one.of) == (3, 3)
    assert not shown(one, screen("a", 11), screen("b", 10), screen("c", 10), screen("d", 10))


def test_a_screen_that_dies_is_not_waited_for() -> None:
    one = call()
    assert shown(one, screen("a", 10), screen("b", 9))
    assert shown(one, screen("a", 10), screen("b", 9, ago_s=7))
    assert (one.shown, one.of) == (1, 1)


def test_screens_of_other_zones_and_boxes_without_a_screen_do_not_count() -> None:
    one = call(zone="a")
    assert not shown(one, screen("b", 10, "b"), screen("box", None))
    assert shown(one, screen("a", 10, "a"), screen("all", 10), screen("b", 0, "b"), screen("box", None))
    assert (one.shown, one.of) == (2, 2)


def unshown(one: Announcement, *screens: Screen, after_s: float = 3) -> bool:
    return is_unshown(one, screens, NINE, NINE + timedelta(seconds=after_s))


@pytest.mark.parametrize(("after_s", "reported"), [(2.999, False), (3, True), (60, True), (60.001, False)])
def test_reported_between_three_seconds_and_a_minute(after_s: float, reported: bool) -> None:
    assert unshown(call(), screen("a", 9), after_s=after_s) is reported


def test_a_hall_whose_screens_all_died_is_told_and_one_that_never_had_any_is_not() -> None:
    assert unshown(call(), screen("a", 9, ago_s=60))
    assert unshown(call(), screen("a", 10, ago_s=60)), "it drew it and died: nobody sees it"
    assert not unshown(call())
    assert not unshown(call(), screen("box", None))


def test_not_reported_twice_nor_when_shown_or_replaced() -> None:
    for one in (call(unshown_at=NINE), call(shown_at=NINE, shown=1, of=2), call(state=Spoken.REPLACED)):
        assert not unshown(one, screen("a", 9))
    assert not unshown(call(), screen("a", 10))
