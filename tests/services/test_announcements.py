"""Each call is spoken once, and what nobody speaks is reported."""

from typing import Any

import pytest

from queue_server.domain.device_errors import AlreadyStarted, UnknownAnnouncement
from queue_server.services import announcements, counters, transfers
from queue_server.store import people, tables
from tests.services.looking import faults, refused, rows, types
from tests.support.halls import HALL, Bench


def spoken(hall: Bench) -> list[dict[str, Any]]:
    return sorted(rows(hall.store, tables.announcements), key=lambda row: row["seq"])


def states(hall: Bench) -> list[str]:
    return [row["state"] for row in spoken(hall)]


def called(hall: Bench, window: str = "1") -> tuple[dict[str, Any], int]:
    ticket = hall.issue()
    hall.call(window)
    return ticket, spoken(hall)[-1]["seq"]


def silence(hall: Bench) -> int:
    with hall.uow() as uow:
        return announcements.report_silence(uow)


def screen(hall: Bench) -> None:
    """A screen that was just heard of."""
    with hall.uow() as uow:
        people.add_device(uow.connection, id="s", hall_id=HALL, kind="screen", name="大屏", last_seen_at=uow.real_now)


def test_a_call_is_queued_and_one_device_claims_it_once(hall: Bench) -> None:
    _, seq = called(hall)
    assert [(row["seq"], row["state"], row["repeat"]) for row in spoken(hall)] == [(seq, "queued", False)]

    hall.do(announcements.start, seq, "one")
    with refused(hall, AlreadyStarted):
        hall.do(announcements.start, seq, "two")
    with refused(hall, AlreadyStarted):
        hall.do(announcements.end, seq, "two")
    hall.do(announcements.end, seq, "one")

    assert states(hall) == ["ended"]
    with refused(hall, UnknownAnnouncement):
        hall.do(announcements.start, 9_999, "one")


@pytest.mark.parametrize("then", ["recall", "miss", "transfer", "next call"])
def test_what_comes_later_at_the_window_takes_the_place_of_an_unspoken_call(hall: Bench, then: str) -> None:
    ticket, seq = called(hall)
    if then == "transfer":
        hall.do(transfers.transfer, ticket["id"], "clerk-1", "B")
    elif then == "next call":
        hall.do(counters.start, ticket["id"], "clerk-1")
        hall.issue()
        hall.call("1", finishing=ticket["id"])
    else:
        hall.do(getattr(counters, then), ticket["id"], "clerk-1")

    newer = ["queued"] if then in ("recall", "next call") else []
    assert states(hall) == ["replaced", *newer]
    with refused(hall, AlreadyStarted, state="replaced"):
        hall.do(announcements.start, seq, "one")
    assert faults(hall.store) == []


def test_a_call_at_one_window_leaves_those_of_the_others_alone(hall: Bench) -> None:
    called(hall, "1")
    called(hall, "2")

    assert states(hall) == ["queued", "queued"]


def test_what_is_being_spoken_is_not_taken_back_by_a_recall(hall: Bench) -> None:
    ticket, seq = called(hall)
    hall.do(announcements.start, seq, "one")
    hall.do(counters.recall, ticket["id"], "clerk-1")

    assert states(hall) == ["started", "queued"]
    assert [row["repeat"] for row in spoken(hall)] == [False, True]
    hall.do(announcements.end, seq, "one")


def test_without_an_announcer_a_call_is_reported_after_three_seconds_and_once(hall: Bench) -> None:
    called(hall)
    hall.clock.forward(seconds=2.9)
    assert silence(hall) == 0
    hall.clock.forward(seconds=0.1)
    assert silence(hall) == 1
    assert silence(hall) == 0

    assert states(hall) == ["unspoken"]
    assert types(hall.store)[-1] == "announcement.unspoken"


def test_with_an_announcer_alive_a_call_is_reported_after_forty_five_seconds(hall: Bench) -> None:
    _, seq = called(hall)
    hall.clock.forward(seconds=44.9)
    screen(hall)
    assert silence(hall) == 0
    hall.clock.forward(seconds=0.1)
    assert silence(hall) == 1

    hall.do(announcements.start, seq, "s")
    hall.do(announcements.end, seq, "s")
    assert states(hall) == ["ended"], "late is better than never"


def test_an_announcer_silent_for_more_than_six_seconds_is_not_alive(hall: Bench) -> None:
    screen(hall)
    called(hall)
    hall.clock.forward(seconds=6)
    assert silence(hall) == 0
    hall.clock.forward(seconds=0.001)
    assert silence(hall) == 1


def test_a_device_that_cannot_speak_says_so_before_or_after_the_claim(hall: Bench) -> None:
    _, first = called(hall, "1")
    _, second = called(hall, "2")
    hall.do(announcements.start, second, "one")

    hall.do(announcements.fail, first, "one", "render")
    with refused(hall, AlreadyStarted):
        hall.do(announcements.fail, second, "two", "player")
    hall.do(announcements.fail, second, "one", "player")

    assert states(hall) == ["failed", "failed"]
