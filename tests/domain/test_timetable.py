"""Opening and closing by the timetable."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest

from queue_server.domain.day import Day, DayState, Hall, due, require_issuing
from queue_server.domain.errors import DayAlreadyOpen, DayNotOpen, IssuingClosed
from tests.domain.build import at

TUESDAY = date(2026, 11, 24)
SUNDAY = date(2026, 11, 22)
HALL = Hall("test", "测试大厅", "Test hall", "Asia/Shanghai")


def on(day: date, text: str) -> datetime:
    return HALL.at(day, text).astimezone(UTC)


def day(state: DayState = DayState.OPEN, of: date = TUESDAY, opened: str = "08:00", **more: Any) -> Day:
    return Day("test", of, state, on(of, opened), **more)


def by_hand(of: date, opened: str) -> Day:
    """A day as a person opens it at that time."""
    return day(of=of, opened=opened, manual=True, late=HALL.is_late(on(of, opened)))


@pytest.mark.parametrize(
    ("now", "wanted"),
    [("7:59:59", None), ("8:00", "open"), ("12:30", "open"), ("18:29:59", "open"), ("18:30", None), ("23:59", None)],
)
def test_a_working_day_opens_when_kiosks_begin_and_not_after_closing(now: str, wanted: str | None) -> None:
    assert due(HALL, None, at(now)) == wanted
    assert due(HALL, day(DayState.CLOSED, TUESDAY - timedelta(days=1)), at(now)) == wanted


@pytest.mark.parametrize(("now", "wanted"), [("8:00", None), ("12:30", None), ("18:29:59", None), ("18:30", "close")])
def test_an_open_day_is_closed_at_the_hall_s_closing_time(now: str, wanted: str | None) -> None:
    assert due(HALL, day(), at(now)) == wanted


@pytest.mark.parametrize("now", ["0:00", "9:00", "23:59"])
def test_a_day_left_open_is_closed_as_soon_as_its_date_is_past(now: str) -> None:
    assert due(HALL, day(of=TUESDAY - timedelta(days=1)), at(now)) == "close"
    assert due(HALL, day(of=TUESDAY - timedelta(days=3), manual=True), at(now)) == "close"


@pytest.mark.parametrize("manual", [False, True])
@pytest.mark.parametrize("now", ["9:00", "19:00"])
def test_an_interrupted_close_is_taken_up_again_at_any_hour(now: str, manual: bool) -> None:
    assert due(HALL, day(DayState.CLOSING, manual=manual), at(now)) == "close"


def test_a_day_closed_by_hand_is_not_opened_again_on_its_date() -> None:
    assert due(HALL, day(DayState.CLOSED), at("10:00")) is None


def test_the_hall_does_not_open_by_itself_on_a_day_off() -> None:
    assert due(HALL, None, on(SUNDAY, "10:00")) is None


def test_a_day_opened_by_hand_on_a_sunday_evening_lasts_until_midnight() -> None:
    extra = by_hand(SUNDAY, "19:30")

    assert due(HALL, extra, on(SUNDAY, "19:31")) is None
    assert due(HALL, extra, on(SUNDAY, "23:59")) is None
    assert due(HALL, extra, on(SUNDAY + timedelta(days=1), "00:00")) == "close"


def test_a_day_opened_by_hand_after_hours_on_a_working_day_lasts_until_midnight() -> None:
    extra = by_hand(TUESDAY, "19:00")

    assert due(HALL, extra, at("19:01")) is None
    assert due(HALL, extra, at("24:00")) == "close"


def test_a_day_opened_by_hand_in_the_morning_still_closes_by_the_timetable() -> None:
    assert due(HALL, by_hand(TUESDAY, "07:00"), at("7:30")) is None
    assert due(HALL, by_hand(TUESDAY, "07:00"), at("18:30")) == "close"


def test_a_day_opened_again_by_hand_after_hours_is_not_closed_at_once() -> None:
    evening = day(DayState.CLOSED, closed_at=at("18:31"))
    evening.reopen(manual=True, late=HALL.is_late(at("19:00")))

    assert due(HALL, evening, at("19:00:01")) is None
    assert due(HALL, evening, at("24:00")) == "close"


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Asia/Urumqi", "UTC", "America/New_York", "Asia/Kathmandu"])
def test_the_timetable_is_kept_in_the_hall_s_zone_on_a_server_in_any_other(zone: str) -> None:
    hall = Hall("test", "测试", "Test", zone)
    server = timezone(timedelta(hours=-5))

    before = hall.at(TUESDAY, "07:59").astimezone(server)
    opening = hall.at(TUESDAY, "08:00").astimezone(server)

    assert due(hall, None, before) is None
    assert due(hall, None, opening) == "open"
    assert hall.local(opening).date() == TUESDAY


def test_opening_follows_the_clocks_on_the_wall_where_they_change() -> None:
    hall = Hall("test", "测试", "Test", "America/New_York", workdays=[1, 2, 3, 4, 5, 6, 7])
    openings = [hall.at(date(2026, 3, day), "08:00").astimezone(UTC) for day in (7, 8)]

    assert [opening.time() for opening in openings] == [time(13), time(12)]
    assert [due(hall, None, opening) for opening in openings] == ["open", "open"]
    assert [due(hall, None, opening - timedelta(seconds=1)) for opening in openings] == [None, None]


def test_the_next_opening_skips_days_off_and_is_never_now() -> None:
    friday_evening, monday = on(date(2026, 11, 20), "19:00"), on(date(2026, 11, 23), "08:00")

    assert HALL.next_opening(friday_evening) == monday
    assert HALL.next_opening(monday) == on(TUESDAY, "08:00")
    assert HALL.next_opening(friday_evening, minutes_after=5) == on(date(2026, 11, 23), "08:05")


@pytest.mark.parametrize(
    ("now", "refused"), [("7:59:59", True), ("8:00", False), ("12:30", False), ("17:29:59", False), ("17:30", True)]
)
def test_a_kiosk_gives_numbers_from_its_first_hour_to_the_end_of_the_last_session(now: str, refused: bool) -> None:
    if refused:
        with pytest.raises(IssuingClosed):
            require_issuing(HALL, day(), at(now))
    else:
        require_issuing(HALL, day(), at(now))


def test_a_kiosk_is_not_bound_to_the_hours_of_a_day_opened_by_hand() -> None:
    require_issuing(HALL, day(manual=True), at("21:00"))


def test_only_an_open_day_begins_to_close_and_only_a_closed_one_opens_again() -> None:
    today = day()
    with pytest.raises(DayAlreadyOpen):
        today.reopen(manual=True, late=False)
    today.begin_close()
    with pytest.raises(DayNotOpen):
        today.begin_close()
    with pytest.raises(DayNotOpen):
        today.require_open()
    today.close(at("18:30"))

    assert (today.state, today.closed_at) == (DayState.CLOSED, at("18:30"))
    today.reopen(manual=True, late=True)
    assert (today.state, today.closed_at, today.manual) == (DayState.OPEN, None, True)
