"""From when a service is too long is learned from the latest handlings, when there are enough of them."""

from datetime import timedelta

from queue_server.services import counters, days, learning
from queue_server.store import tables
from tests.services.looking import faults, rows, types
from tests.support.halls import Bench


def handle(hall: Bench, minutes: float, times: int) -> None:
    for _ in range(times):
        person = hall.issue()
        hall.call()
        hall.do(counters.start, person["id"], "clerk-1")
        hall.clock.now += timedelta(minutes=minutes)
        hall.do(counters.finish, person["id"], "clerk-1")


def limit(hall: Bench) -> int | None:
    value: int | None = rows(hall.store, tables.lines, letter="A")[0]["long_service_s"]
    return value


def close(hall: Bench) -> None:
    hall.do(days.begin_close, True)
    days.finish_close(hall.uow)


def test_a_handful_of_services_teaches_nothing(hall: Bench) -> None:
    handle(hall, 1, 5)
    close(hall)
    assert limit(hall) is None
    assert "line.learned" not in types(hall.store)


def test_one_in_a_hundred_is_longer_than_what_was_learned(hall: Bench) -> None:
    handle(hall, 40, 2)
    handle(hall, 0.5, learning.ENOUGH - 3)
    handle(hall, 12, 1)
    close(hall)

    assert limit(hall) == 2400, "the second longest of a hundred"
    assert types(hall.store).count("line.learned") == 1
    assert faults(hall.store) == []
    with hall.uow() as uow:
        assert not learning.long_services(uow, "A"), "nothing new, nothing written"
