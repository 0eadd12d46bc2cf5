"""How a call is said: the whole table."""

from datetime import UTC, datetime

import pytest

from display_client import saying
from display_client.saying import Script, script

ZONE = {"languages": ["zh", "en"], "quiet": [["12:00", "13:30"]], "volumes": [["08:00", 0.8], ["17:00", 0.6]]}


@pytest.mark.parametrize(
    ("languages", "lang", "waiting", "langs"),
    [
        (["zh", "en"], None, 0, ("zh", "zh", "en")),
        (["zh", "en"], None, 1, ("zh", "en")),
        (["zh", "en"], None, 2, ("zh",)),
        (["zh", "en"], None, 9, ("zh",)),
        (["zh"], None, 0, ("zh", "zh")),
        (["zh"], None, 1, ("zh",)),
        (["en", "zh"], None, 0, ("en", "en", "zh")),
        (["zh", "en"], "en", 0, ("en", "en", "zh")),
        (["zh", "en"], "en", 1, ("en", "zh")),
        (["zh", "en"], "en", 2, ("en",)),
        (["zh"], "en", 0, ("en", "en", "zh")),
        (["en"], "zh", 3, ("zh",)),
        (["fr"], None, 0, ("zh", "zh")),
        (None, None, 1, ("zh",)),
    ],
)
def test_languages_by_zone_ticket_and_queue(languages, lang, waiting, langs):
    assert script({"languages": languages}, lang, waiting, "09:00").langs == langs


@pytest.mark.parametrize(
    ("chime", "waiting", "form"),
    [(True, 0, "long"), (True, 2, "long"), (True, 3, "short"), (True, 8, "short"), (False, 0, None), (False, 3, None)],
)
def test_the_chime_is_short_when_three_wait(chime, waiting, form):
    assert script({"chime": chime}, None, waiting, "09:00").chime == form


@pytest.mark.parametrize(
    ("time", "gain"), [("07:59", 0.6), ("08:00", 0.8), ("11:59", 0.8), ("12:00", None), ("13:30", 0.8), ("17:00", 0.6)]
)
def test_volume_and_quiet_hours_by_the_time_of_day(time, gain):
    said = script(ZONE, None, 0, time)

    assert (said and said.gain) == gain


def test_a_zone_without_settings_is_said_in_full_and_loud():
    assert script({}, None, 0, "09:00") == Script(("zh", "zh"), "long", 1.0)
    assert Script(("zh",), None, 0.5).told() == {"langs": ["zh"], "chime": None, "gain": 0.5}


@pytest.mark.parametrize(
    ("hall", "time"),
    [
        ({}, "09:00"),
        ({"timezone": "Asia/Shanghai"}, "09:00"),
        ({"timezone": "Asia/Urumqi"}, "07:00"),
        ({"timezone": "?"}, "09:00"),
    ],
)
def test_the_time_of_day_is_the_halls(hall, time):
    assert saying.time_of_day(hall, datetime(2026, 11, 24, 1, 0, tzinfo=UTC)) == time
