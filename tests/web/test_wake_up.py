"""Starting the demonstration again loses nobody; at night it opens the next morning."""

from datetime import timedelta
from pathlib import Path

import pytest

from queue_server.cli import database, demo
from queue_server.config import Settings
from queue_server.domain.numbering import TicketClass
from queue_server.parts import Parts, assemble
from queue_server.services import days, intake, setup
from queue_server.store import log
from tests.support.halls import NINE


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    made = assemble(Settings(data=tmp_path, async_mode="threading"))
    database.upgrade(made.store)
    made.clock = lambda: NINE
    setup.found(made.store, made.clock, demo.hall(), demo.lines(), list(demo.windows()))
    return made


def hall_time(parts: Parts) -> str:
    with parts.store.reading() as connection:
        now = log.head(connection, demo.HALL).now(parts.clock())
    return demo.hall().local(now).strftime("%m-%d %H:%M")


def at(parts: Parts, hours: float) -> None:
    """Set the real clock to so many hours after nine on Tuesday, 24 November."""
    parts.clock = lambda: NINE + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("hours", "expected"), [(0, "11-24 09:00"), (8.5, "11-25 08:20"), (20, "11-25 08:20"), (96, "11-30 08:20")]
)
def test_the_hall_is_found_at_work(parts: Parts, hours: float, expected: str) -> None:
    at(parts, hours)
    demo.wake_up(parts)
    assert hall_time(parts) == expected
    with parts.uow(demo.HALL) as uow:
        assert uow.open_day()


@pytest.mark.parametrize("hours", [8.1, 8.6, 9.4])
def test_a_restart_before_the_day_is_closed_expires_nobody(parts: Parts, hours: float) -> None:
    demo.wake_up(parts)
    with parts.uow(demo.HALL) as uow:
        number = intake.issue(uow, "A", TicketClass.ORDINARY, "staff")["ticket"]["number"]
    at(parts, hours)
    assert demo.wake_up(parts) is None
    with parts.uow(demo.HALL) as uow:
        uow.open_day()
        assert days.waiting.in_service(uow) == 0
        assert [ticket.number for ticket in days.waiting.some_live(uow, 5)] == [number]


def test_a_day_left_over_from_yesterday_is_closed_first(parts: Parts) -> None:
    demo.wake_up(parts)
    at(parts, 24)
    demo.wake_up(parts)
    assert hall_time(parts) == "11-25 09:00"
