"""Handing a person on under the same number."""

from typing import Any

import pytest

from queue_server.domain.errors import LineClosed, SameLine, UnknownLine, UnknownWindow
from queue_server.domain.numbering import TicketClass
from queue_server.services import counters, transfers
from queue_server.store import people, tables
from tests.services.looking import events, refused, rows, ticket, visit
from tests.support.halls import HALL, Bench


def at_the_zero_window(hall: Bench, ticket_class: TicketClass = TicketClass.ORDINARY) -> dict[str, Any]:
    person = hall.issue("Z", ticket_class)
    hall.call("Z1")
    hall.do(counters.start, person["id"], "clerk-Z1")
    return person


@pytest.mark.parametrize("ticket_class", [TicketClass.ORDINARY, TicketClass.CARE])
def test_a_person_handed_on_keeps_number_first_issue_and_credit(hall: Bench, ticket_class: TicketClass) -> None:
    person = at_the_zero_window(hall, ticket_class)
    turn = ticket(hall.store, person["id"])["turn_at"]
    hall.clock.forward(minutes=12)
    rival = hall.issue("A", ticket_class)

    answer = hall.do(transfers.transfer, person["id"], "clerk-Z1", "A")

    assert (answer["ticket"]["number"], answer["ticket"]["line"], answer["ahead"]) == (person["number"], "A", 0)
    assert ticket(hall.store, person["id"])["turn_at"] == turn
    first, second = visit(hall.store, person["id"]), visit(hall.store, person["id"], 2)
    assert (first["outcome"], first["ended_at"]) == ("transferred", hall.clock.now)
    assert (second["line"], second["joined_at"], second["outcome"]) == ("A", hall.clock.now, None)
    assert [(one := hall.serve()) and one["number"] for _ in range(2)] == [person["number"], rival["number"]]


def test_a_called_person_in_the_wrong_line_is_handed_on_as_that(hall: Bench) -> None:
    person = hall.issue("A")
    hall.call()

    hall.do(transfers.transfer, person["id"], "clerk-1", "B")

    assert visit(hall.store, person["id"])["outcome"] == "wrong_line"
    assert (called := hall.call("3")) is not None
    assert called["number"] == person["number"]


def test_a_note_goes_to_the_side_table_and_never_into_the_log(hall: Bench) -> None:
    person = at_the_zero_window(hall)
    note = "王小明，身份证已核对，缺户口本"

    hall.do(transfers.transfer, person["id"], "clerk-Z1", "A", note)

    kept = rows(hall.store, tables.notes)
    assert [(row["text"], row["window"], row["clerk"]) for row in kept] == [(note, "Z1", "clerk-Z1")]
    assert ticket(hall.store, person["id"])["notes"] == 1
    log = "\n".join(f"{event.actor} {event.data}" for event in events(hall.store))
    assert person["number"] in log
    for part in (note, "王小明", "身份证", kept[0]["id"]):
        assert part not in log


def test_colleagues_read_notes_newest_first_with_the_writer_s_name(hall: Bench) -> None:
    with hall.uow() as uow:
        for clerk in ("clerk-Z1", "clerk-1"):
            people.add_staff(
                uow.connection, id=clerk, hall_id=HALL, username=clerk, name=f"{clerk}同事", role="clerk",
                password_hash="-", must_change_password=False,
            )  # fmt: skip
    person = at_the_zero_window(hall)
    hall.do(transfers.transfer, person["id"], "clerk-Z1", "A", "缺户口本")
    hall.clock.forward(minutes=5)
    hall.call("1")
    hall.do(transfers.transfer, person["id"], "clerk-1", "B", "改不动产")

    with hall.store.reading() as connection:
        notes = people.ticket_notes(connection, HALL, person["id"], 9)
        assert people.ticket_notes(connection, HALL, person["id"], 1) == notes[:1]
        assert people.ticket_notes(connection, "other", person["id"], 9) == []

    assert [(note["text"], note["name"]) for note in notes] == [
        ("改不动产", "clerk-1同事"),
        ("缺户口本", "clerk-Z1同事"),
    ]


def test_a_transfer_to_nowhere_is_refused_and_the_person_stays(hall: Bench) -> None:
    person = at_the_zero_window(hall)

    with refused(hall, SameLine, line="Z"):
        hall.do(transfers.transfer, person["id"], "clerk-Z1", "Z")
    with refused(hall, UnknownLine, line="X"):
        hall.do(transfers.transfer, person["id"], "clerk-Z1", "X", "留言")
    with refused(hall, UnknownWindow, window="99"):
        hall.do(transfers.transfer, person["id"], "clerk-Z1", "A", "留言", "99")
    with refused(hall, LineClosed, window="3"):
        hall.do(transfers.transfer, person["id"], "clerk-Z1", "Z", "留言", "3")
    assert ticket(hall.store, person["id"])["state"] == "serving"
