"""Which ticket a window gets, and when it gets none."""

from queue_server.domain.errors import IllegalMove, NotYourWindow, UnknownTicket, WindowBusy, WindowClosed, WindowPaused
from queue_server.domain.window import PauseReason
from queue_server.services import counters, seats, transfers
from tests.services.looking import refused, seq, ticket, types, visit
from tests.support.halls import Bench


def test_one_press_finishes_and_calls_the_next(hall: Bench) -> None:
    first, second = hall.issue(), hall.issue()
    hall.call()
    hall.do(counters.start, first["id"], "clerk-1")
    before, woken = seq(hall.store), hall.woken
    hall.clock.forward(minutes=4)

    answer = hall.do(counters.call_next, "1", "clerk-1", first["id"])

    assert answer["finished"]["number"] == first["number"]
    assert answer["ticket"]["number"] == second["number"]
    assert types(hall.store, before) == ["ticket.finished", "ticket.called"]
    assert ticket(hall.store, first["id"])["state"] == "done"
    assert hall.woken == woken + 1, "one order, one transaction, told once"


def test_finishing_works_also_when_nobody_waits_any_more(hall: Bench) -> None:
    only = hall.issue()
    hall.call()
    hall.do(counters.start, only["id"], "clerk-1")

    answer = hall.do(counters.call_next, "1", "clerk-1", only["id"])

    assert (answer["ticket"], answer["finished"]["state"], answer["_nothing"]) == (None, "done", True)


def test_nothing_is_finished_when_the_press_is_refused(hall: Bench) -> None:
    waiting, _ = hall.issue(), hall.issue()
    called = hall.call()
    assert called is not None

    with refused(hall, IllegalMove):
        hall.do(counters.call_next, "1", "clerk-1", called["id"])
    with refused(hall, UnknownTicket):
        hall.do(counters.call_next, "1", "clerk-1", "f" * 32)
    assert ticket(hall.store, waiting["id"])["state"] == "called", "nothing is finished silently"


def test_a_window_that_holds_somebody_calls_nobody_else(hall: Bench) -> None:
    called = hall.issue()
    hall.issue()
    hall.call()

    with refused(hall, WindowBusy, ticket=called["number"]):
        hall.call()


def test_only_the_clerk_who_sits_there_calls(hall: Bench) -> None:
    hall.issue()

    with refused(hall, NotYourWindow):
        hall.do(counters.call_next, "1", "clerk-2")


def test_a_paused_or_closed_window_calls_nobody(hall: Bench) -> None:
    hall.issue()
    hall.do(seats.pause, "1", "clerk-1", PauseReason.REST)
    with refused(hall, WindowPaused):
        hall.call()

    hall.do(seats.close_window, "1", "clerk-1")
    with refused(hall, WindowClosed):
        hall.call()
    assert hall.call("2") is not None


def test_nobody_waiting_changes_nothing(hall: Bench) -> None:
    hall.issue("B")
    before = seq(hall.store)

    assert hall.call("1") is None
    assert seq(hall.store) == before


def test_a_secondary_line_is_helped_when_it_waited_ten_minutes_longer(hall: Bench) -> None:
    hall.clock.at("9:00")
    helped = hall.issue("A")["number"]
    hall.clock.at("9:09")
    own = hall.issue("B")["number"]
    hall.clock.at("9:11")
    late = hall.issue("B")["number"]

    order = [hall.serve("3") for _ in range(3)]

    assert [called and called["number"] for called in order] == [own, helped, late]
    because = order[1] and order[1]["because"]
    assert because["added_s"] == 600
    assert because["lines"] == ["B", "A"]
    assert because["runner_up"]["number"] == late


def test_an_idle_window_never_sits_beside_a_ticket_of_its_secondary_line(hall: Bench) -> None:
    alone = hall.issue("A")

    called = hall.call("3")

    assert called is not None
    assert called["number"] == alone["number"]
    assert called["because"]["runner_up"] is None


def test_a_ticket_kept_for_a_window_is_left_out_by_the_others(hall: Bench) -> None:
    kept = hall.issue("Z")
    hall.call("Z1")
    hall.do(counters.start, kept["id"], "clerk-Z1")
    hall.clock.forward(minutes=1)
    hall.do(transfers.transfer, kept["id"], "clerk-Z1", "A", None, "2")
    free = hall.issue("A")

    assert (called := hall.call("1")) is not None
    assert called["number"] == free["number"]
    assert called["because"]["runner_up"] is None
    assert (called := hall.call("2")) is not None
    assert called["number"] == kept["number"]


def test_a_call_is_kept_with_its_window_clerk_time_and_reason(hall: Bench) -> None:
    issued = hall.issue()
    hall.clock.forward(minutes=7)
    hall.call("2")

    kept, stay = ticket(hall.store, issued["id"]), visit(hall.store, issued["id"])

    assert (kept["window"], kept["calls"], kept["called_at"]) == ("2", 1, hall.clock.now)
    assert (stay["window"], stay["clerk"], stay["called_at"]) == ("2", "clerk-2", hall.clock.now)
    assert kept["because"]["lines"] == ["A"]
