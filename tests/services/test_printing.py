"""Print jobs: each sheet is printed once, or somebody is told that it was not."""

from typing import Any

import pytest
import sqlalchemy as sa

from queue_server.domain.consultation import Outcome
from queue_server.domain.device_errors import NoPrinter, PrintTaken, UnknownPrint
from queue_server.domain.errors import UnknownConsultation
from queue_server.domain.printing import PrintFailure
from queue_server.services import access, presence, printing
from queue_server.store import tables
from tests.services.looking import events, faults, refused, types
from tests.services.test_consulting import asking, consulted
from tests.services.test_consulting import zero as zero  # noqa: PLC0414 a fixture
from tests.support.halls import HALL, Bench


def sign(text: str) -> str:
    return text.encode().hex()


def add_printer(hall: Bench, name: str, window: str | None = None, enrolled: bool = True) -> str:
    device: str = hall.do(access.create_device, "printer", name, sign, window)["device"]["id"]
    if enrolled:
        with hall.uow() as uow:
            access.enrol(uow, access.enrolment_code(sign, device))
    return device


def hear(hall: Bench, device: str) -> None:
    with hall.uow() as uow:
        presence.note(uow, {device: presence.Sign()})


def noticed(hall: Bench) -> str:
    found: str = consulted(hall, asking(hall), Outcome.NOTICE, missing={"A01": ["id"]})["consultation"]["id"]
    return found


def ordered(hall: Bench, about: str, clerk: str = "clerk-Z1", language: str = "zh-CN") -> dict[str, Any]:
    answer: dict[str, Any] = hall.do(printing.order_notice, about, clerk, language)
    return answer["job"] | {"printer": answer["printer"]}


def queue(hall: Bench, device: str) -> list[str]:
    with hall.store.reading() as connection:
        return [job["id"] for job in printing.queue(connection, HALL, device)["jobs"]]


def latest(hall: Bench, about: str) -> dict[str, Any]:
    with hall.store.reading() as connection:
        found: dict[str, Any] = printing.notices(connection, HALL, about, "clerk-Z1", hall.clock.now)["jobs"][0]
    return found


def test_a_notice_goes_from_the_order_to_paper(zero: Bench) -> None:
    printer, about = add_printer(zero, "小票"), noticed(zero)
    behind = len(events(zero.store))

    job = ordered(zero, about)
    assert (job["state"], job["device"], job["subject"], job["kind"]) == ("queued", printer, about, "notice")
    assert queue(zero, printer) == [job["id"]]
    zero.do(printing.start, job["id"], printer)
    with zero.store.reading() as connection:
        paper = printing.content(connection, HALL, job["id"], printer)
    assert [one["missing"] for one in paper["notice"]["services"]] == [["id"]]
    zero.do(printing.end, job["id"], printer)

    assert queue(zero, printer) == []
    assert latest(zero, about)["state"] == "printed"
    assert types(zero.store, behind) == ["print.ordered", "print.started", "print.ended"]
    assert "身份证" not in "".join(event.data for event in events(zero.store)[behind:]), "ids only"


def test_the_printer_beside_the_window_goes_before_the_hall_s_unless_it_is_dead(zero: Bench) -> None:
    about = noticed(zero)
    with refused(zero, NoPrinter):
        ordered(zero, about)
    waiting, other = add_printer(zero, "新", enrolled=False), add_printer(zero, "别处", "1")
    with refused(zero, NoPrinter):
        ordered(zero, about)
    of_hall, mine = add_printer(zero, "大厅"), add_printer(zero, "手边", "Z1")
    assert ordered(zero, about)["device"] == mine
    hear(zero, of_hall)
    zero.clock.forward(seconds=15)
    assert (job := ordered(zero, about))["device"] == of_hall
    assert job["printer"] == {"name": "大厅", "window": None, "alive": True}
    hear(zero, mine)
    hear(zero, other)
    assert ordered(zero, about)["device"] == mine
    assert ordered(zero, about, "clerk-1")["device"] == other, "printed again where the other clerk sits"
    zero.clock.forward(seconds=16)
    assert ordered(zero, about)["printer"]["alive"] is False
    zero.do(access.revoke, mine)
    assert ordered(zero, about)["device"] == of_hall
    assert waiting != of_hall


def test_a_job_is_claimed_once_by_its_printer_alone(zero: Bench) -> None:
    printer, other, about = add_printer(zero, "a", "Z1"), add_printer(zero, "b"), noticed(zero)
    job = ordered(zero, about)["id"]
    with refused(zero, PrintTaken, state="queued"):
        zero.do(printing.end, job, printer)
    for order in (printing.start, printing.end):
        with refused(zero, UnknownPrint):
            zero.do(order, job, other)
    with zero.store.reading() as connection, pytest.raises(PrintTaken):
        printing.content(connection, HALL, job, printer)
    zero.do(printing.start, job, printer)
    with zero.store.reading() as connection, pytest.raises(UnknownPrint):
        printing.content(connection, HALL, job, other)
    with refused(zero, PrintTaken, state="printing"):
        zero.do(printing.start, job, printer)
    zero.do(printing.fail, job, printer, PrintFailure.PAPER)
    for late in (printing.start, printing.end):
        with refused(zero, PrintTaken, state="failed"):
            zero.do(late, job, printer)
    assert latest(zero, about)["reason"] == "paper"
    with refused(zero, UnknownConsultation):
        ordered(zero, "f" * 32)
    with refused(zero, UnknownPrint):
        zero.do(printing.start, "f" * 32, printer)


def test_what_nobody_fetches_fails_and_what_nobody_ends_is_unknown_until_somebody_says(zero: Bench) -> None:
    printer, about = add_printer(zero, "a"), noticed(zero)
    forgotten = ordered(zero, about)["id"]
    zero.clock.forward(seconds=29)
    with zero.store.reading() as connection:
        assert not printing.is_stuck(connection, HALL, zero.clock.now)
    assert zero.do(printing.give_up) == 0
    zero.clock.forward(seconds=1)
    with zero.store.reading() as connection:
        assert printing.is_stuck(connection, HALL, zero.clock.now)
    assert zero.do(printing.give_up) == 1
    assert (latest(zero, about)["state"], latest(zero, about)["reason"]) == ("failed", "offline")
    with refused(zero, PrintTaken):
        zero.do(printing.start, forgotten, printer)

    job = ordered(zero, about)["id"]
    zero.do(printing.start, job, printer)
    zero.clock.forward(seconds=120)
    assert zero.do(printing.give_up) == 1
    assert latest(zero, about)["reason"] == "unknown"
    zero.do(printing.end, job, printer)
    assert (latest(zero, about)["state"], latest(zero, about)["reason"]) == ("printed", None)
    assert faults(zero.store) == []


def test_the_database_knows_printers_and_no_other_new_kind(zero: Bench) -> None:
    add_printer(zero, "a")
    with pytest.raises(sa.exc.IntegrityError), zero.store.writer.begin() as connection:
        connection.execute(tables.devices.update().values(kind="rocket"))
