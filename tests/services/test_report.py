"""The day's report as a clerk's orders make it."""

from typing import Any

from queue_server.services import counters, transfers
from queue_server.services.report import DayReport
from tests.services.looking import faults
from tests.support.halls import HALL, Bench


def report(hall: Bench, kept: DayReport | None = None) -> tuple[DayReport, dict[str, Any]]:
    with hall.store.reading() as connection:
        found = DayReport.going_on(connection, kept, HALL, None)
        assert found is not None
        return found, found.figures(connection)


def test_a_person_called_again_to_the_same_window_does_not_stop_the_report(hall: Bench) -> None:
    person = hall.issue()
    hall.clock.forward(minutes=3)
    hall.call("1")
    hall.do(counters.miss, person["id"], "clerk-1")
    hall.do(counters.reinstate, person["id"])
    hall.clock.forward(minutes=5)
    hall.call("1")

    _, figures = report(hall)

    window = figures["windows"]["1"]
    assert (window["called"], window["missed"]) == (2, 1)
    assert (figures["hall"]["called"], figures["hall"]["missed"], figures["hall"]["in_service"]) == (1, 0, 1)
    assert (window["wait"]["n"], window["wait"]["mean_s"]) == (1, 180), "the wait ended with the first call"
    assert faults(hall.store) == []


def test_a_report_kept_and_brought_up_to_date_is_the_report_read_afresh(hall: Bench) -> None:
    kept = None
    for minutes in (2, 5, 1):
        hall.issue()
        hall.clock.forward(minutes=minutes)
        hall.serve()
        kept, going_on = report(hall, kept)

    _, afresh = report(hall)

    assert kept is not None
    for part in ("hall", "lines", "windows", "seq", "hash"):
        assert going_on[part] == afresh[part]
    assert afresh["hall"]["wait"] == {"n": 3, "mean_s": 160.0, "median_s": 120.0, "p90_s": 300.0, "max_s": 300.0}


def test_the_parts_of_the_hall_add_up(hall: Bench) -> None:
    person = hall.issue("Z")
    hall.call("Z1")
    hall.do(counters.start, person["id"], "clerk-Z1")
    hall.clock.forward(minutes=4)
    hall.do(transfers.transfer, person["id"], "clerk-Z1", "A")
    hall.issue("B")
    hall.clock.forward(minutes=6)
    hall.serve("1")
    _, figures = report(hall)
    lines, windows = figures["lines"], figures["windows"]

    for name in ("issued", "waiting", "in_service", "served", "missed", "left", "transferred_in", "transferred_out"):
        assert figures["hall"][name] == sum(line[name] for line in lines.values()), name
    assert figures["hall"]["served"] == sum(window["served"] for window in windows.values())
    assert (windows["Z1"]["transferred_out"], windows["Z1"]["handling"]["mean_s"]) == (1, 240)
    assert (lines["A"]["wait"]["mean_s"], figures["hall"]["wait"]["mean_s"]) == (360, 0)
