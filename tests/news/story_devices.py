"""The part of the story about zones, screens, loudspeakers and printers."""

from typing import Any

import sqlalchemy as sa

from queue_server.domain.consultation import Outcome
from queue_server.domain.printing import PrintFailure
from queue_server.services import announcements, consulting, counters, presence, printing, zones
from queue_server.store import people, tables, waiting
from tests.news.story_counter import Teller
from tests.support.halls import HALL, Bench

#: Its chapters, in order.
DEVICE_ORDERS = """
a zone is made
a zone's sound is changed
a window is heard in a zone
a screen is placed
a box takes a zone
a screen draws a call
no screen draws a call
a box that failed leaves its zones
a notice is to be printed
the printer takes the notice
the notice is on paper
a notice is not printed
"""


def tell_of_devices(story: Teller) -> None:
    _zones(story)
    _screens(story)
    _printer(story)


def _zones(story: Teller) -> None:
    do, bench = story.bench.do, story.bench
    with story.order("a zone is made"):
        do(zones.put, "a", {"name": "A区", "name_en": "Area A"})
    with story.order("a zone's sound is changed"):
        do(zones.put, "a", {"languages": ["zh"], "quiet": [["12:00", "13:30"]], "volumes": [["08:00", 0.8]]})
    with story.order("a window is heard in a zone"):
        do(zones.place_window, "1", {"zone": "a", "direction": "left", "place": "一楼A区"})
    with bench.uow() as uow:
        people.add_device(uow.connection, id="box", hall_id=HALL, kind="screen", name="A区主机")
    with story.order("a screen is placed"):
        do(zones.place_device, "box", "a")
    _here(bench, "box", sound="ok", shown=0)
    with story.order("a box takes a zone"):
        do(zones.ask, "a", "box")


def _screens(story: Teller) -> None:
    bench = story.bench
    for _ in range(2):
        bench.issue("A")
    seq = _called(story)
    with story.order("a screen draws a call"):
        _here(bench, "box", sound="ok", shown=seq)
    seq = _called(story)
    with story.order("no screen draws a call"):
        # It is alive and has drawn the call before.
        _here(bench, "box", sound="ok", shown=seq - 1)
        with bench.uow() as uow:
            assert presence.report_unshown(uow) == 1
    with story.order("a box that failed leaves its zones"):
        bench.do(announcements.start, seq, "box")
        bench.do(announcements.fail, seq, "box", "player")


def _called(story: Teller) -> int:
    """Call somebody to window 1, whoever stands there; returns the announcement of it."""
    with story.bench.uow() as uow:
        there = waiting.at_window(uow, "1")
    if there is not None:
        story.bench.do(counters.miss, there.id, "clerk-1")
    story._called("1")
    with story.bench.store.reading() as connection:
        newest = sa.select(sa.func.max(tables.announcements.c.seq)).where(tables.announcements.c.hall_id == HALL)
        return int(connection.execute(newest).scalar_one())


def _here(bench: Bench, device: str, **said: Any) -> None:
    with bench.uow() as uow:
        presence.note(uow, {device: presence.Sign.of(said)})


def _printer(story: Teller) -> None:
    do, bench = story.bench.do, story.bench
    with bench.uow() as uow:
        people.add_device(
            uow.connection, id="printer", hall_id=HALL, kind="printer", name="小票机", enrolled_at=uow.real_now
        )
    bench.issue("Z")
    about = consulting.Findings(Outcome.NOTICE)
    noticed = do(consulting.at_window, story._serving("Z1"), "clerk-Z1", about)["consultation"]["id"]
    with story.order("a notice is to be printed"):
        job = do(printing.order_notice, noticed, "clerk-Z1", "zh-CN")["job"]["id"]
    with story.order("the printer takes the notice"):
        do(printing.start, job, "printer")
    with story.order("the notice is on paper"):
        do(printing.end, job, "printer")
    again = do(printing.order_notice, noticed, "clerk-Z1", "zh-CN")["job"]["id"]
    with story.order("a notice is not printed"):
        do(printing.fail, again, "printer", PrintFailure.PAPER)
