"""The computer's clock jumps by hours under a running server, and the day goes on by the hall's own.

One server in each of three time zones lives through the same story; nothing of it depends on the zone.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from queue_server.services import maintenance
from queue_server.store import log
from tests.faults.wall_clock import MovedClock, Ticks, needs_faketime
from tests.support.halls import HALL
from tests.support.servers import wait_until

pytestmark = [needs_faketime, pytest.mark.slow]

THREE_HOURS = timedelta(hours=3)
#: What else passes between two presses, at most.
MOMENT = timedelta(minutes=1)
#: Shanghai's morning is the evening before in Newfoundland, whose clocks stand half an hour apart from others'.
ZONES = ("UTC", "Asia/Shanghai", "America/St_Johns")


def test_a_day_goes_on_through_jumps_of_the_clock_in_every_zone(tmp_path: Path, sqlite_template: Path) -> None:
    def live(zone: str) -> None:
        folder = tmp_path / zone.replace("/", "-")
        folder.mkdir()
        hall = MovedClock(folder, sqlite_template, zone)
        try:
            story(hall)
        finally:
            hall.close()

    with ThreadPoolExecutor(len(ZONES)) as pool:
        list(pool.map(live, ZONES))


def story(hall: MovedClock) -> None:
    with Ticks(hall.served.server.address) as screen:
        jumps_of_three_hours(hall, screen)
        assert screen.backwards == []
    closes_by_the_timetable(hall)
    midnight_in_service(hall)
    the_next_morning(hall)
    with hall.served.database() as store, store.reading() as connection:
        assert [*maintenance.verify(connection), *maintenance.verify_statistics(connection)] == []
        times = [event.at for event in log.whole(connection, HALL)]
    assert times == sorted(times)


def jumps_of_three_hours(hall: MovedClock, screen: Ticks) -> None:
    clerk, first = hall.served.seated("1"), hall.issue()
    assert first.answer["ticket"]["number"] == "A001"
    _, before = second = hall.issued()

    hall.move(-THREE_HOURS)
    third = hall.issued()
    assert (second[0], third[0]) == ("A002", "A003")
    assert before <= third[1] < before + MOMENT, "hall time stands while the computer's clock is behind"
    assert hall.kiosk.send(again := type(first)(first.path, first.body, first.key))
    assert (again.answer, again.replayed) == (first.answer, True)
    # The clerk is still signed in; the order is that of issue, though all three bear nearly the same time.
    assert hall.serve(clerk) == ("A001", pytest.approx(timedelta(0), abs=MOMENT))
    screen.two_more()

    hall.move(timedelta(0))
    assert third[1] < (fourth := hall.issued())[1] < before + MOMENT

    hall.move(THREE_HOURS)
    fifth = hall.issued()
    assert THREE_HOURS <= fifth[1] - fourth[1] < THREE_HOURS + MOMENT
    number, waited = hall.serve(clerk)
    assert number == "A002"
    assert THREE_HOURS - MOMENT < waited < THREE_HOURS + MOMENT

    hall.move(timedelta(0))
    sixth = hall.issued()
    assert fifth[1] <= sixth[1] < fifth[1] + MOMENT
    assert [hall.serve(clerk)[0] for _ in range(4)] == ["A003", "A004", "A005", "A006"]


def at(hall: MovedClock, days: int, clock: str) -> datetime:
    """A time of day in the hall's zone, so many days after the present business day."""
    return hall.timetable.at(datetime.fromisoformat(hall.day()["date"]).date() + timedelta(days=days), clock)


def closes_by_the_timetable(hall: MovedClock) -> None:
    hall.move_to(at(hall, 0, "18:31"))
    hall.wait_for_day("closed")
    refused(hall, "day_not_open")
    supervisor = hall.served.client("supervisor")
    assert supervisor.order("/days").status == 201
    assert hall.issued()[0] == "A007"


def midnight_in_service(hall: MovedClock) -> None:
    """A day opened by hand in the evening ends at midnight, and nobody gets a number of it later."""
    date, midnight = hall.day()["date"], at(hall, 1, "00:00")
    hall.move_to(midnight - timedelta(seconds=3))
    number, when = hall.issued()
    assert (number, when < midnight) == ("A008", True)
    wait_until(lambda: hall.now() >= midnight, 30, "midnight")
    hall.wait_for_day("closed")
    assert hall.day()["date"] == date
    refused(hall, "day_not_open")


def the_next_morning(hall: MovedClock) -> None:
    opening = hall.timetable.next_opening(hall.now())
    hall.move_to(opening + timedelta(minutes=1))
    hall.wait_for_day("open")
    assert hall.day()["date"] == hall.timetable.local(opening).date().isoformat()
    assert hall.issued()[0] == "A001"


def refused(hall: MovedClock, code: str) -> None:
    sent = hall.issue()
    assert (sent.status, sent.answer["error"]) == (409, code)
