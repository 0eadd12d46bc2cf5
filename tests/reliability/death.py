"""Where a server kills itself, for the tests: kill -9 of its whole group, at a named point of one order.

``plan`` patches the process before the app is loaded; the product has no hook for this. The order
that meets its end is written into a note first, so that a test knows whose press it was.
"""

import json
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from queue_server.services import news, orders
from queue_server.store import idempotency
from queue_server.store.idempotency import Answer, Press
from queue_server.store.unit_of_work import UnitOfWork
from tests.reliability.sabotage import put

#: Points at which the order has not happened: its retry does it.
BEFORE = ("in_the_middle", "after_the_stored_answer", "before_the_commit")
#: The point at which it has, and nobody knows: its retry is told so.
BETWEEN = ("after_the_commit",)
#: Points at which it has been answered, and the news are missing for everybody, or for some.
AFTER = ("after_the_answer", "within_the_news")
POINTS = (*BEFORE, *BETWEEN, *AFTER)
#: Points of a press that the rules refuse: its order is undone and its answer not stored yet; stored, and not told.
REFUSALS = ("before_the_refusal_is_stored", "after_the_refusal_is_stored")


class Plan:
    """Counts the orders that pass the point, and kills the process at the chosen one."""

    def __init__(self, point: str, nth: int, note: Path) -> None:
        self.point, self._left, self._note = point, nth, note
        #: By green thread: the press it works on, whether that changed something, the press it answers.
        self.here = threading.local()
        #: Whether a reader has what it missed: only then do orders count, or none would ever get so far.
        self.read = False
        #: The press whose news must not be told before its answer is sent.
        self.held_back = ""
        #: The press that has been answered, and in whose news the process dies.
        self.due = ""

    def passes(self, point: str) -> bool:
        """Whether the chosen order is at this point."""
        if point != self.point or not self.read:
            return False
        if point not in REFUSALS and not getattr(self.here, "changed", False):
            return False
        self._left -= 1
        return self._left == 0

    def reach(self, point: str) -> None:
        if self.passes(point):
            self.die(self.here.press)

    def die(self, press: str) -> None:
        self._note.write_text(json.dumps({"point": self.point, "key": press}))
        os.killpg(os.getpgid(0), signal.SIGKILL)
        signal.pause()


def plan(text: str, note: str) -> None:
    """``text`` is ``<point>:<n>``: the n-th order that changes something, once somebody reads, is the last."""
    point, _, nth = text.partition(":")
    made = Plan(point, int(nth), Path(note))
    _around_the_order(made)
    _within_the_transaction(made)
    _around_the_refusal(made)
    _once_somebody_reads(made)
    if point in AFTER:
        _around_the_answer(made)
        _around_the_news(made)


def _around_the_order(made: Plan) -> None:
    perform = orders.perform

    def watched(uow: Any, order: Any, press: Press, status: int, refusal_status: Callable[..., int]) -> Answer:
        made.here.press, made.here.changed = press.key, False
        answer = perform(uow, order, press, status, refusal_status)
        made.reach("after_the_commit")
        if answer.status >= 400 and not answer.replay:
            made.reach("after_the_refusal_is_stored")
        if made.point in AFTER and made.passes(made.point):
            made.held_back = press.key
        made.here.press, made.here.answering, made.here.changed = "", press.key, False
        return answer

    put(orders, "perform", watched)


def _within_the_transaction(made: Plan) -> None:
    append: Any = UnitOfWork._append
    keep: Any = idempotency.keep

    def appended(self: UnitOfWork, *arguments: Any) -> None:
        made.here.changed = bool(getattr(made.here, "press", ""))
        if made.point == "in_the_middle":
            _have_done(self)
        # The rows are changed, the log does not say so yet.
        made.reach("in_the_middle")
        append(self, *arguments)

    def kept(uow: UnitOfWork, *arguments: Any) -> None:
        keep(uow, *arguments)
        if made.point == "after_the_stored_answer":
            _have_done(uow)
        made.reach("after_the_stored_answer")

    put(UnitOfWork, "_append", appended)
    put(idempotency, "keep", kept)
    event.listen(sa.Engine, "commit", lambda connection: made.reach("before_the_commit"))


def _have_done(uow: UnitOfWork) -> None:
    """What was recorded so far, which else goes to the database with the end."""
    assert uow.connection.in_transaction()


def _around_the_refusal(made: Plan) -> None:
    perform, once = orders.perform, orders._once

    def performed(*arguments: Any) -> Answer:
        made.here.transactions = 0
        return perform(*arguments)

    def watched(*arguments: Any) -> Answer:
        made.here.transactions += 1
        # The first one was the order's, and is undone.
        if made.here.transactions == 2:
            made.reach("before_the_refusal_is_stored")
        return once(*arguments)

    put(orders, "perform", performed)
    put(orders, "_once", watched)


def _once_somebody_reads(made: Plan) -> None:
    from queue_server.realtime.feed import HallNews

    on_sync: Any = HallNews.on_sync

    def synced(*arguments: Any) -> Any:
        answer = on_sync(*arguments)
        made.read = True
        return answer

    put(HallNews, "on_sync", synced)


def _around_the_answer(made: Plan) -> None:
    from gunicorn.http.wsgi import Response

    close = Response.close

    def closed(self: Any) -> None:
        """The answer is with the operating system, which sends it even now."""
        close(self)
        if made.held_back and getattr(made.here, "answering", "") == made.held_back:
            if made.point == "after_the_answer":
                made.die(made.held_back)
            made.due, made.held_back = made.held_back, ""

    put(Response, "close", closed)


def _around_the_news(made: Plan) -> None:
    from queue_server.realtime.publisher import Publisher

    publish, envelope = Publisher.publish, news.envelope

    def published(self: Publisher) -> None:
        while made.held_back:
            time.sleep(0.001)
        publish(self)

    def enveloped(told: Any, scope: Any) -> Any:
        # Public readers come first: they have been told when the staff's news are made.
        if made.due and scope == "staff":
            made.die(made.due)
        return envelope(told, scope)

    put(Publisher, "publish", published)
    put(news, "envelope", enveloped)
