"""The part of the story in which everything else happens that a counter knows."""

from contextlib import AbstractContextManager
from typing import Any, Protocol

from queue_server.domain.blocked import Step
from queue_server.domain.consultation import Channel, Outcome
from queue_server.services import (
    alarms,
    blocking,
    consulting,
    counters,
    layouts,
    parking,
    ratings,
    seats,
    supervising,
    transfers,
)
from queue_server.services.layouts import Layout
from queue_server.store import waiting
from tests.support.halls import Bench

#: Its chapters, in order.
COUNTER_ORDERS = """
a case is added
a finish is undone
a person is parked
a parked person is back
a clerk chooses whom to call
a person goes on to the next stop
a waiting person is promoted
a call of somebody promoted
a line's people are moved to another
a line is closed for the day
a line is opened again
a window's lines are changed
a hall changes its rules
a hall arranges its screens
a clerk calls for help
a colleague comes to help
the help is over
a person rates the visit
a window is released with a person at it
a consultation ends with a hand-off
a question comes by phone
the question is answered
business cannot be done
a blocked case goes on
"""


class Teller(Protocol):
    bench: Bench

    def order(self, name: str) -> AbstractContextManager[None]: ...

    def _serving(self, window: str) -> str: ...

    def _called(self, window: str, finishing: str | None = None) -> str: ...


def tell_of_the_counter(story: Teller) -> None:
    for _ in range(8):
        story.bench.issue("B")
    person = _at_the_window(story)
    _on_the_way(story)
    _of_the_supervisor(story)
    _of_help_and_thanks(story, person)
    _of_the_zero_window(story)


def _at_the_window(story: Teller) -> str:
    do, person = story.bench.do, story._serving("3")
    with story.order("a case is added"):
        do(counters.add_case, person, "clerk-3")
    do(counters.finish, person, "clerk-3", "incomplete")
    with story.order("a finish is undone"):
        do(counters.undo_finish, person, "clerk-3")
    with story.order("a person is parked"):
        do(parking.park, person, "clerk-3", "papers", 30, "缺户口簿")
    with story.order("a parked person is back"):
        do(parking.come_back, person)
    return person


def _on_the_way(story: Teller) -> None:
    do = story.bench.do
    journey = transfers.Journey(clerk="clerk-1", then=[{"line": "B", "window": "3"}], come_back=True)
    person = story._serving("3")
    do(transfers.transfer, person, "clerk-3", "A", journey=journey)
    do(supervising.set_rules, {"choose": True})
    _free(story, "1")
    with story.order("a clerk chooses whom to call"):
        do(counters.call_chosen, "1", "clerk-1", person, "lost_turn")
    do(counters.start, person, "clerk-1")
    with story.order("a person goes on to the next stop"):
        do(counters.finish, person, "clerk-1")


def _free(story: Teller, window: str) -> None:
    """Nobody is at the window afterwards."""
    with story.bench.uow() as uow:
        held = waiting.at_window(uow, window)
    if held is not None:
        story.bench.do(counters.leave, held.id, "greeter", True)


def _of_the_supervisor(story: Teller) -> None:
    bench = story.bench
    with story.order("a waiting person is promoted"):
        bench.do(supervising.promote, bench.issue("B")["id"], "illness", "头晕", "boss")
    with story.order("a call of somebody promoted"):
        bench.do(counters.leave, story._called("3"), "clerk-3")
    with story.order("a line's people are moved to another"):
        bench.do(transfers.move_waiting, "B", "A")
    with story.order("a line is closed for the day"):
        bench.do(supervising.close_line, "B")
    with story.order("a line is opened again"):
        bench.do(supervising.open_line, "B")
    with story.order("a window's lines are changed"):
        bench.do(supervising.set_lines, "3", ["B"], ["A", "Z"])
    with story.order("a hall changes its rules"):
        bench.do(supervising.set_rules, {"recalls": 5})
    with story.order("a hall arranges its screens"):
        bench.do(layouts.put, Layout.model_validate({"boards": {"main": {"theme": "light"}}}))


def _of_help_and_thanks(story: Teller, person: str) -> None:
    do: Any = story.bench.do
    with story.order("a clerk calls for help"):
        alarm = do(alarms.call_for_help, "3", "clerk-3")["alarm"]["id"]
    with story.order("a colleague comes to help"):
        do(alarms.accept, alarm, "clerk-1")
    with story.order("the help is over"):
        do(alarms.end, alarm)
    with story.order("a person rates the visit"):
        do(ratings.rate_by_link, person, 5, ["speed"])
    held = story._called("3")
    with story.order("a window is released with a person at it"):
        do(seats.release_window, "3")
    story.bench.sit("3")
    do(counters.leave, held, "clerk-3")


def _of_the_zero_window(story: Teller) -> None:
    do = story.bench.do
    for _ in range(2):
        story.bench.issue("Z")
    asking = story._serving("Z1")
    findings = consulting.Findings(Outcome.READY, line="A", note="材料已核对")
    with story.order("a consultation ends with a hand-off"):
        do(consulting.at_window, asking, "clerk-Z1", findings)
    with story.order("a question comes by phone"):
        words = {"question": "公积金怎么提取？", "caller": "王女士"}
        asked = do(consulting.at_a_distance, Channel.PHONE, "clerk-Z1", None, [], words, 60)
    with story.order("the question is answered"):
        do(consulting.reply, asked["consultation"]["id"], "clerk-Z1", Outcome.ANSWERED, "带身份证到八号窗口")
    with story.order("business cannot be done"):
        blocked = consulting.Findings(Outcome.BLOCKED, owner="不动产登记中心", note="档案缺页")
        case = do(consulting.at_window, story._serving("Z1"), "clerk-Z1", blocked)["case"]["id"]
    with story.order("a blocked case goes on"):
        do(blocking.step, case, "boss", Step.SORTED, None, "要查档")
