"""The zero window: one order records what was asked and does what follows."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from queue_server.domain.blocked import Step
from queue_server.domain.consultation import Channel, Outcome
from queue_server.domain.errors import (
    AlreadyReplied,
    BadRequest,
    ClerkElsewhere,
    IllegalMove,
    LineClosed,
    LineRequired,
    NotYourWindow,
    SameLine,
    TooManyStops,
    UnknownCase,
    UnknownConsultation,
    UnknownService,
    WrongStep,
)
from queue_server.domain.service import Service
from queue_server.services import blocking, catalogue, consulting, counters, parking, transfers, zero_report
from queue_server.services.consulting import Findings
from queue_server.services.transfers import Journey
from queue_server.store import zero_tables
from tests.services.looking import events, faults, refused, rows, ticket, visit, window
from tests.support.halls import HALL, Bench

PAPERS = [
    {"code": "id", "name": "身份证", "name_en": "identity card", "required": True, "copies": 1},
    {"code": "household", "name": "户口簿", "name_en": "household register", "required": True, "copies": 0},
]


@pytest.fixture
def zero(hall: Bench) -> Iterator[Bench]:
    common = {"area": "社保", "name_en": "Card", "initials": "sbk", "papers": PAPERS, "fee": "不收费", "fee_en": "none"}
    rest = {"place": "A区", "legal_days": 5, "channels": ["window"], "guide_url": None, "owner": "人社局", "popular": 1}
    hall.do(catalogue.add, [Service(HALL, "A01", "A", name="社保卡", **common, **rest)])
    yield hall
    assert faults(hall.store) == []


def asking(hall: Bench, line: str = "Z", window: str = "Z1") -> dict[str, Any]:
    person = hall.issue(line)
    hall.call(window)
    hall.do(counters.start, person["id"], f"clerk-{window}")
    return person


def consulted(hall: Bench, person: dict[str, Any], outcome: Outcome, **more: Any) -> dict[str, Any]:
    return hall.do(consulting.at_window, person["id"], "clerk-Z1", Findings(outcome, **more))


@pytest.mark.parametrize("outcome", ["answered", "guide", "online", "nearby", "booking", "complaint", "not_ours"])
def test_an_answer_ends_the_stay(zero: Bench, outcome: str) -> None:
    person = asking(zero)

    answer = consulted(zero, person, Outcome(outcome), services=["A01"])

    assert answer["ticket"]["state"] == "done"
    assert answer["consultation"]["outcome"] == outcome
    [kept] = rows(zero.store, zero_tables.consultations)
    assert (kept["ticket_id"], kept["n"], kept["window"], kept["services"]) == (person["id"], 1, "Z1", ["A01"])
    assert visit(zero.store, person["id"])["result"] == "advised"


@pytest.mark.parametrize("outcome", [Outcome.READY, Outcome.ESCORT])
def test_a_hand_off_carries_services_papers_and_note_and_keeps_number_and_first_issue(
    zero: Bench, outcome: Outcome
) -> None:
    person = asking(zero)
    zero.clock.forward(minutes=4)
    journey = Journey(then=[{"line": "B"}])

    answer = consulted(zero, person, outcome, services=["A01"], line="A", note="已核对", journey=journey)

    moved = answer["ticket"]
    assert (moved["number"], moved["line"], moved["state"], moved["notes"]) == (person["number"], "A", "waiting", 1)
    assert moved["turn_at"] == person["issued_at"]
    assert moved["brings"]["services"] == ["A01"]
    assert [stop["line"] for stop in moved["stops"]] == ["B"]
    called = zero.call("1")
    assert called is not None
    assert called["brings"]["consultation"] == answer["consultation"]["id"], "the specialist sees it on call"


def test_missing_papers_set_the_person_aside_and_the_notice_says_which(zero: Bench) -> None:
    person = asking(zero)

    answer = consulted(
        zero, person, Outcome.NOTICE, services=["A01"], missing={"A01": ["household"]}, minutes=30, note="回家拿"
    )

    assert answer["ticket"]["state"] == "parked"
    assert ticket(zero.store, person["id"])["return_at"] == zero.clock.now + timedelta(minutes=30)
    with zero.store.reading() as connection:
        notice = zero_report.notice(connection, HALL, answer["consultation"]["id"])
        assert zero_report.notice(connection, HALL, "f" * 32) is None
    assert notice is not None
    assert notice["number"] == person["number"]
    assert [(one["code"], one["missing"]) for one in notice["services"]] == [("A01", ["household"])]
    zero.do(parking.come_back, person["id"])


def test_what_is_unknown_or_unclear_is_refused_and_changes_nothing(zero: Bench) -> None:
    person, waiting = asking(zero), zero.issue("Z")
    with refused(zero, UnknownService, service="X99"):
        consulted(zero, person, Outcome.ANSWERED, services=["X99"])
    with refused(zero, UnknownService, service="A01"):
        consulted(zero, person, Outcome.NOTICE, missing={"A01": ["passport"]})
    with refused(zero, LineRequired):
        consulted(zero, person, Outcome.READY)
    with refused(zero, NotYourWindow):
        zero.do(consulting.at_window, person["id"], "clerk-1", Findings(Outcome.ANSWERED))
    with refused(zero, IllegalMove):
        zero.do(consulting.at_window, waiting["id"], "clerk-Z1", Findings(Outcome.ANSWERED))


def test_a_greeter_sorts_out_who_waits(zero: Bench) -> None:
    lost, curious, slow = zero.issue("Z"), zero.issue("Z"), zero.issue("Z")

    ready = Findings(Outcome.READY, line="A", note="直接办", journey=Journey(then=[{"line": "B"}]))
    moved = zero.do(consulting.on_the_floor, lost["id"], "greeter", ready)
    left = zero.do(consulting.on_the_floor, curious["id"], "greeter", Findings(Outcome.ONLINE))
    kept = zero.do(consulting.on_the_floor, slow["id"], "greeter", Findings(Outcome.NOTICE, missing={"A01": ["id"]}))

    assert (moved["ticket"]["line"], moved["ticket"]["number"]) == ("A", lost["number"])
    assert [stop["line"] for stop in moved["ticket"]["stops"]] == ["B"]
    assert left["ticket"]["state"] == "left"
    assert kept["ticket"]["state"] == "waiting", "keeps the place while looking for the paper"
    assert {row["channel"] for row in rows(zero.store, zero_tables.consultations)} == {"floor"}


def test_what_cannot_be_done_is_taken_up_at_a_window_and_nowhere_else(zero: Bench) -> None:
    waiting, blocked = zero.issue("Z"), Findings(Outcome.BLOCKED)
    owed = zero.do(consulting.at_a_distance, Channel.PHONE, "clerk-Z1", None, [], {}, None)["consultation"]["id"]

    with refused(zero, IllegalMove):
        zero.do(consulting.on_the_floor, waiting["id"], "greeter", blocked)
    with refused(zero, IllegalMove):
        zero.do(consulting.anywhere, waiting["id"], "supervisor", blocked)
    with refused(zero, BadRequest):
        zero.do(consulting.at_a_distance, Channel.PHONE, "clerk-Z1", blocked, [], {}, None)
    with refused(zero, BadRequest):
        zero.do(consulting.reply, owed, "clerk-Z1", Outcome.BLOCKED, None)

    assert ticket(zero.store, waiting["id"])["state"] == "waiting", "nobody is sent home without a case"
    assert rows(zero.store, zero_tables.blocked_cases) == []


def test_a_caller_gets_an_answer_a_number_or_a_promise_and_the_clock_runs(zero: Bench) -> None:
    words = {"question": "补社保卡要带什么？", "caller": "0571-0000000"}
    owed = zero.do(consulting.at_a_distance, Channel.PHONE, "desk", None, ["A01"], words, 30)["consultation"]
    come = zero.do(
        consulting.at_a_distance, Channel.ONLINE, "desk", Findings(Outcome.READY, line="A"), ["A01"], {}, None
    )
    assert come["ticket"]["line"] == "A"
    with zero.store.reading() as connection:
        [waiting] = zero_report.lists(connection, HALL, 10)["open"]
        early = zero_report.figures(connection, HALL, None, zero.clock.now)
    assert early is not None
    assert early["replies"]["late"] == {"n": 0, "of": 1, "share": 0.0}, "the promise can still be kept"
    assert (waiting["id"], {one["kind"] for one in waiting["words"]}) == (owed["id"], {"question", "caller"})
    zero.clock.forward(minutes=45)

    zero.do(consulting.reply, owed["id"], "desk", Outcome.ANSWERED, "带身份证")

    with refused(zero, AlreadyReplied):
        zero.do(consulting.reply, owed["id"], "desk", Outcome.GUIDE, None)
    with refused(zero, UnknownConsultation):
        zero.do(consulting.reply, "f" * 32, "desk", Outcome.GUIDE, None)
    with zero.store.reading() as connection:
        told = zero_report.figures(connection, HALL, None)
    assert told is not None
    assert told["replies"]["late"] == {"n": 1, "of": 1, "share": 1.0}
    assert told["replies"]["time"]["max_s"] == 2700.0


def test_words_never_enter_the_log(zero: Bench) -> None:
    zero.do(consulting.at_a_distance, Channel.PHONE, "desk", None, [], {"question": "王小明的房子"}, 30)
    person = asking(zero)
    consulted(zero, person, Outcome.BLOCKED, services=["A01"], note="王小明档案缺页")

    log = "".join(event.data for event in events(zero.store))
    assert "王小明" not in log
    assert "王小明档案缺页" in {row["text"] for row in rows(zero.store, zero_tables.texts)}


def test_what_cannot_be_done_becomes_a_case_of_the_service_s_department_with_a_clock_in_working_days(
    zero: Bench,
) -> None:
    person = asking(zero, "A", "1")
    answer = zero.do(blocking.take_up, person["id"], "clerk-1", "A01", None, "系统里没有参保记录")
    case = answer["case"]

    assert answer["ticket"]["state"] == "done"
    assert visit(zero.store, person["id"])["result"] == "refused"
    assert (case["owner"], case["step"]) == ("人社局", "received")
    assert case["due_on"] == "2026-12-01", "Tuesday and five working days, over a weekend"
    for step in ("sorted", "assigned", "settled", "told", "checked"):
        zero.do(blocking.step, case["id"], "boss", Step(step), None, f"做了 {step}")
    with refused(zero, WrongStep):
        zero.do(blocking.step, case["id"], "boss", Step.CHECKED, None, None)
    with zero.store.reading() as connection:
        [shown] = zero_report.register(connection, HALL, 10)["cases"]
    assert shown["step"] == "checked"
    assert shown["settled_at"] is not None
    assert len(shown["words"]) == 6


def test_a_case_takes_no_step_out_of_order_and_is_assigned_to_somebody(zero: Bench) -> None:
    person = asking(zero)
    case = consulted(zero, person, Outcome.BLOCKED)["case"]["id"]
    with refused(zero, WrongStep, step="received", next="sorted"):
        zero.do(blocking.step, case, "boss", Step.SETTLED, None, None)
    zero.do(blocking.step, case, "boss", Step.SORTED, None, None)
    with refused(zero, WrongStep, next="assigned"):
        zero.do(blocking.step, case, "boss", Step.ASSIGNED, None, None)
    assert zero.do(blocking.step, case, "boss", Step.ASSIGNED, "不动产中心", None)["case"]["owner"] == "不动产中心"
    with refused(zero, UnknownCase):
        zero.do(blocking.step, "f" * 32, "boss", Step.SORTED, None, None)


def test_the_day_s_figures_of_the_zero_window(zero: Bench) -> None:
    consulted(zero, asking(zero), Outcome.READY, line="A", services=["A01"])
    consulted(zero, asking(zero), Outcome.READY, line="A")
    zero.serve("1")
    called = zero.call("1")
    assert called is not None
    zero.do(transfers.transfer, called["id"], "clerk-1", "B")
    zero.issue("A")
    zero.serve("2")
    consulted(zero, asking(zero), Outcome.NOTICE, missing={"A01": ["household", "id"]}, no_entry=True)
    consulted(zero, asking(zero), Outcome.NOTICE, missing={"A01": ["household"]})

    with zero.store.reading() as connection:
        told = zero_report.figures(connection, HALL, None)
        assert zero_report.figures(connection, HALL, "2020-01-01") is None

    assert told is not None
    assert told["consultations"] == 4
    assert told["hand_off"] == {"n": 1, "of": 2, "share": 0.5}
    assert told["wrong_line"]["after"] == {"n": 1, "of": 2, "share": 0.5}
    assert told["wrong_line"]["without"] == {"n": 0, "of": 1, "share": 0.0}
    assert told["first_contact"] == {"n": 2, "of": 4, "share": 0.5}
    assert told["ratio"]["of"] == 2
    assert [(one["paper"], one["n"]) for one in told["missing"]] == [("household", 2), ("id", 1)]
    assert told["no_entry"] == 1


def called(hall: Bench) -> dict[str, Any]:
    person = hall.issue("Z")
    hall.call("Z1")
    return person


def test_whoever_was_consulted_was_served_though_nobody_pressed_start(zero: Bench) -> None:
    """A hand-off from a consultation is no wrong line, and whoever fetches papers is set aside."""
    person = called(zero)
    consulted(zero, person, Outcome.READY, line="A")
    stay = visit(zero.store, person["id"])
    assert (stay["outcome"], stay["started_at"]) == ("transferred", zero.clock.now)

    other = called(zero)
    assert consulted(zero, other, Outcome.NOTICE)["ticket"]["state"] == "parked"


def test_a_greeter_sorts_out_nobody_else(zero: Bench) -> None:
    person = asking(zero)
    for outcome in (Outcome.NOTICE, Outcome.READY, Outcome.ANSWERED):
        with refused(zero, IllegalMove):
            zero.do(consulting.on_the_floor, person["id"], "greeter", Findings(outcome, line="A"))
    zero.do(counters.finish, person["id"], "clerk-Z1")
    with refused(zero, IllegalMove):
        zero.do(consulting.on_the_floor, person["id"], "greeter", Findings(Outcome.NOTICE))


def test_a_greeter_plans_no_longer_journey_than_a_window(zero: Bench) -> None:
    person = zero.issue("Z")
    stops = [{"line": "B", "window": None, "clerk": None}] * 4
    zero.do(
        consulting.on_the_floor, person["id"], "greeter", Findings(Outcome.READY, line="A", journey=Journey(then=stops))
    )
    with refused(zero, TooManyStops, most=8):
        again = Findings(Outcome.READY, line="B", journey=Journey(then=stops))
        zero.do(consulting.on_the_floor, person["id"], "greeter", again)


def test_a_greeter_keeps_the_first_stop_for_a_window_or_a_clerk_as_a_window_does(zero: Bench) -> None:
    one, other, third = zero.issue("Z"), zero.issue("Z"), zero.issue("Z")

    def sort_out(person: dict[str, Any], **more: Any) -> dict[str, Any]:
        answer = zero.do(consulting.on_the_floor, person["id"], "greeter", Findings(Outcome.READY, **more))
        found: dict[str, Any] = answer["ticket"]
        return found

    assert sort_out(one, line="A", window="2")["target_window"] == "2"
    assert sort_out(other, line="A", journey=Journey(clerk="clerk-1"))["target_clerk"] == "clerk-1"
    for nowhere in ({"line": "B", "window": "1"}, {"line": "A", "window": "3", "journey": Journey(clerk="clerk-1")}):
        with refused(zero, LineClosed if "journey" not in nowhere else ClerkElsewhere):
            sort_out(third, **nowhere)
    with refused(zero, SameLine):
        sort_out(third, line="Z", window="Z1")
    called = zero.call("1")
    assert called is not None
    assert called["number"] == other["number"], "the one kept for window 2 is not called here"


def test_a_supervisor_consults_at_another_s_window_and_among_those_who_wait(zero: Bench) -> None:
    here, waiting, stuck = asking(zero), zero.issue("Z"), asking(zero, "A", "1")

    ready = Findings(Outcome.READY, line="B", note="去不动产")
    handed = zero.do(consulting.anywhere, here["id"], "boss", ready)
    moved = zero.do(consulting.anywhere, waiting["id"], "boss", Findings(Outcome.READY, line="A"))
    case = zero.do(consulting.anywhere, stuck["id"], "boss", Findings(Outcome.BLOCKED, services=["A01"]))

    assert (handed["ticket"]["line"], handed["consultation"]["clerk"]) == ("B", "boss")
    assert (moved["ticket"]["line"], moved["consultation"]["channel"]) == ("A", "floor")
    assert (case["ticket"]["state"], case["case"]["clerk"]) == ("done", "boss")
    parked = asking(zero)
    assert zero.do(consulting.anywhere, parked["id"], "boss", Findings(Outcome.NOTICE))["ticket"]["state"] == "parked"
    assert window(zero.store, "Z1")["clerk"] == "clerk-Z1", "the clerk stays in the seat"
    with refused(zero, IllegalMove):
        zero.do(consulting.anywhere, parked["id"], "boss", Findings(Outcome.ANSWERED))
