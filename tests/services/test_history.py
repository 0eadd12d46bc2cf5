"""What the next clerk is told of a person who was at other windows before."""

from typing import Any

import pytest

from queue_server.domain.consultation import Outcome
from queue_server.domain.errors import UnknownTicket
from queue_server.services import catalogue, consulting, counters, history, parking, setup, transfers
from queue_server.services.consulting import Findings
from queue_server.services.setup import NewMember
from tests.services.looking import faults
from tests.services.test_costs import statements
from tests.support.halls import HALL, Bench, service


def told(hall: Bench, ticket_id: str) -> dict[str, Any]:
    with hall.store.reading() as connection:
        return history.of_ticket(connection, HALL, ticket_id)


def member(hall: Bench, name: str) -> str:
    with hall.uow() as uow:
        return setup.add_member(uow, NewMember(name, name, "clerk", "no hash"))


def at(hall: Bench, window: str, clerk: str, line: str) -> dict[str, Any]:
    """Somebody in service at a window where ``clerk`` sits."""
    person = hall.issue(line)
    hall.do(counters.call_next, window, clerk)
    hall.do(counters.start, person["id"], clerk)
    return person


@pytest.fixture
def wang(bench: Bench) -> str:
    """The clerk who sits at the zero window."""
    bench.open_day()
    papers = [{"code": "id", "name": "身份证", "name_en": "identity card", "required": True, "copies": 1}]
    bench.do(catalogue.add, [service(papers=papers)])
    wang = member(bench, "王")
    bench.sit("Z1", wang)
    for window in ("1", "2", "3"):
        bench.sit(window)
    return wang


def test_the_first_stay_has_no_history(bench: Bench, wang: str) -> None:
    person = at(bench, "Z1", wang, "Z")

    assert told(bench, person["id"]) == {"stays": [], "notes": []}
    assert person["visit"] == 1


def test_the_next_clerk_sees_who_handed_over_what_was_found_and_what_was_written(bench: Bench, wang: str) -> None:
    person = at(bench, "Z1", wang, "Z")
    bench.clock.forward(minutes=4)
    found = Findings(Outcome.READY, services=["A01"], missing={"A01": ["id"]}, line="A", note="已核对")
    moved = bench.do(consulting.at_window, person["id"], wang, found)["ticket"]

    answer = told(bench, person["id"])

    [stay] = answer["stays"]
    assert moved["visit"] == 2
    assert (stay["n"], stay["line"], stay["window"], stay["by"]) == (1, "Z", "Z1", "王")
    assert (stay["outcome"], stay["started_at"] < stay["ended_at"]) == ("transferred", True)
    [held] = stay["consultations"]
    assert (held["by"], held["outcome"], held["missing"]) == ("王", "ready", {"A01": ["id"]})
    assert [(note["text"], note["by"], note["window"]) for note in answer["notes"]] == [("已核对", "王", "Z1")]
    assert faults(bench.store) == []


def test_setting_aside_wrong_lines_and_greeters_are_in_it_in_order(bench: Bench, wang: str) -> None:
    person = at(bench, "Z1", wang, "Z")
    bench.do(parking.park, person["id"], wang, "papers", None, None, wang)
    bench.do(parking.come_back, person["id"])
    greeter = member(bench, "导办")
    bench.do(consulting.on_the_floor, person["id"], greeter, Findings(Outcome.ESCORT, line="B"))
    bench.call("3")
    bench.do(transfers.transfer, person["id"], "clerk-3", "A")

    stays = told(bench, person["id"])["stays"]

    assert [(stay["n"], stay["line"], stay["outcome"]) for stay in stays] == [
        (1, "Z", "parked"),
        (2, "Z", "moved"),
        (3, "B", "wrong_line"),
    ]
    assert stays[0]["reason"] == "papers"
    assert (stays[1]["window"], stays[1]["by"]) == (None, None)
    assert [held["by"] for held in stays[1]["consultations"]] == ["导办"]


def test_a_long_journey_is_told_from_its_end_and_costs_no_statement_more(bench: Bench, wang: str) -> None:
    person = at(bench, "1", "clerk-1", "A")
    with statements(bench.store) as short:
        told(bench, person["id"])
    for turn in range(history.STAYS_AT_MOST + 2):
        line, window = ("B", "3") if turn % 2 == 0 else ("A", "1")
        here = "1" if window == "3" else "3"
        bench.do(transfers.transfer, person["id"], f"clerk-{here}", line, note="再看")
        bench.call(window)
        bench.do(counters.start, person["id"], f"clerk-{window}")
    with statements(bench.store) as sent:
        stays = told(bench, person["id"])["stays"]

    assert [stay["n"] for stay in stays] == [*range(3, history.STAYS_AT_MOST + 3)]
    assert len(sent) == len(short) <= 5


def test_nobody_s_history_is_refused(bench: Bench, wang: str) -> None:
    with pytest.raises(UnknownTicket):
        told(bench, "f" * 32)
