"""A call that nobody spoke is never shown as spoken."""

import pytest

from queue_server.domain.errors import LineClosed
from queue_server.services import announcements, counters
from queue_server.store import current
from tests.support.halls import HALL, Bench


def states(hall: Bench) -> list[str]:
    with hall.store.reading() as connection:
        day = current.latest_day(connection, HALL)
        assert day is not None
        return [row["state"] for row in current.latest_announcements(connection, HALL, day["date"], 30)]


def claimed(hall: Bench) -> int:
    hall.issue()
    hall.call("1")
    with hall.store.reading() as connection:
        day = current.latest_day(connection, HALL)
        assert day is not None
        seq = int(current.latest_announcements(connection, HALL, day["date"], 1)[0]["seq"])
    hall.do(announcements.start, seq, "box")
    return seq


def test_a_box_that_falls_silent_in_the_middle_has_failed(hall: Bench) -> None:
    claimed(hall)
    hall.clock.forward(seconds=60)
    with hall.uow() as uow:
        assert announcements.report_silence(uow) == 0
    hall.clock.forward(seconds=40)
    with hall.uow() as uow:
        assert announcements.report_silence(uow) == 1
    assert states(hall) == ["failed"]


def test_a_call_that_was_spoken_to_its_end_stays_so(hall: Bench) -> None:
    hall.do(announcements.end, claimed(hall), "box")
    hall.clock.forward(hours=1)
    with hall.uow() as uow:
        assert announcements.report_silence(uow) == 0
    assert states(hall) == ["ended"]


def test_a_person_who_has_come_is_not_called_any_more(hall: Bench) -> None:
    hall.issue()
    ticket = hall.call("1")
    assert ticket is not None
    hall.do(counters.start, ticket["id"], "clerk-1")
    assert states(hall) == ["replaced"]
    hall.clock.forward(hours=1)
    with hall.uow() as uow:
        assert announcements.report_silence(uow) == 0


def test_a_missed_person_is_served_directly_only_where_the_line_is_served(hall: Bench) -> None:
    hall.issue("B")
    ticket = hall.call("3")
    assert ticket is not None
    hall.do(counters.miss, ticket["id"], "clerk-3")
    with pytest.raises(LineClosed):
        hall.do(counters.call_directly, ticket["id"], "1", "clerk-1")
    assert hall.do(counters.call_directly, ticket["id"], "3", "clerk-3")["ticket"]["state"] == "called"
