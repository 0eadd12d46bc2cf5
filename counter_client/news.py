"""The hall's news at the clerk's desk: the reader of the displays, with a clerk's session."""

import queue
import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, Literal

from counter_client.api import Api, Patience, Refusal, UnreachableError
from counter_client.memory import Memory, Seat
from counter_client.window_view import View, view_of
from display_client.feed import Feed
from display_client.link import DOWN, REFUSED, SYNCED, Link, Message
from queue_server.protocol import EVENT, HELLO, TICK, TICK_EVERY_S, Synced

#: How often timers are looked at when nothing is heard, in seconds.
LOOK_UP_S: Final = 0.1
#: The longest pause before the next attempt to connect, in seconds.
LONGEST_PAUSE_S: Final = 5.0

#: ``live``: in step. ``away``: not connected, or not in step yet. ``signed_out``: the session is no good.
State = Literal["live", "away", "signed_out"]


@dataclass(frozen=True)
class Heard:
    """How the hall stands, as far as the desk knows."""

    state: State
    view: View | None = None
    #: Position in the log that the view shows.
    seq: int = 0
    #: Nothing was heard of the server for 6 s: what is shown may be old.
    stale: bool = True


def pause(failures: int, draw: Callable[[float, float], float] = random.uniform) -> float:
    """Seconds before the next attempt: longer after each failure, and not all desks at the same moment."""
    longest = min(LONGEST_PAUSE_S, 0.5 * 2 ** min(failures, 8))
    return draw(longest / 2, longest)


class News:
    """Follows the news for ever, over the socket or, where that is silent, by polling.

    ``tell`` is called on the news' thread whenever something may have changed. A new sign-in at this desk
    is noticed and followed.
    """

    def __init__(self, memory: Memory, tell: Callable[[Heard], None]) -> None:
        self._memory, self._tell = memory, tell
        self._told: tuple[Any, ...] = ()

    def run(self, stopping: threading.Event) -> None:
        while not stopping.is_set():
            seat = self._memory.seat()
            if seat is None:
                self._tell(Heard("signed_out"))
                stopping.wait(TICK_EVERY_S)
            else:
                self._follow(seat, stopping)

    def _follow(self, seat: Seat, stopping: threading.Event) -> None:
        """Until the stop, or until somebody signs in anew."""
        ended = threading.Event()
        link = Link(seat.server, seat.hall, None, "staff", seat.cookie, pause)
        linking = threading.Thread(target=link.run, args=(ended,), name="link", daemon=True)
        linking.start()
        one = _Following(seat, link)
        look_again = time.monotonic() + TICK_EVERY_S
        try:
            while not stopping.is_set():
                one.hear()
                now = time.monotonic()
                one.keep_time(now)
                self._say(one, now)
                if now >= look_again:
                    look_again = now + TICK_EVERY_S
                    if self._memory.seat() != seat:
                        return
        finally:
            ended.set()
            link.close()

    def _say(self, one: "_Following", now: float) -> None:
        """Once for each change."""
        mark = one.mark(now)
        if mark != self._told:
            self._told = mark
            self._tell(one.heard(now))


class _Following:
    """The news of one session."""

    def __init__(self, seat: Seat, link: Link) -> None:
        self._seat, self._link, self._feed = seat, link, Feed()
        self._api = Api(seat.server, seat.hall, Patience(deadline_s=0.0, reading_s=(1.0, 2.0)))
        self._api.go_on_as(seat.identity)
        self._connected = self._signed_out = False
        self._polls_at = 0.0

    def hear(self) -> None:
        """Take in what has come, at least one message or a short pause."""
        with suppress(queue.Empty):
            self._take_in(self._link.inbox.get(timeout=LOOK_UP_S))
            while True:
                self._take_in(self._link.inbox.get_nowait())

    def _take_in(self, message: Message) -> None:
        now, data = time.monotonic(), message.data
        if message.name == EVENT:
            self._feed.receive(data, now)
        elif message.name == TICK:
            self._feed.tick(data, now)
        elif message.name == HELLO:
            self._connected, self._signed_out = True, False
            self._feed.hello(data, now)
        elif message.name == SYNCED and data:
            self._feed.synced(data, now)
        elif message.name == DOWN and self._connected:
            self._connected = False
            self._feed.lost()
        elif message.name == REFUSED and data == "not_signed_in":
            self._signed_out = True

    def keep_time(self, now: float) -> None:
        question = self._feed.question(now) if self._connected else None
        if question is not None:
            self._link.ask(question)
        if self._feed.silent(now) and now >= self._polls_at:
            self._poll(now)

    def _poll(self, now: float) -> None:
        """One try without the socket: some networks let no websocket through."""
        self._polls_at = now + TICK_EVERY_S
        place = {name: str(value) for name, value in self._feed.place().items()}
        try:
            body: Any = self._api.get("/news", scope="staff", **place).body
        except UnreachableError:
            return
        except Refusal as refusal:
            self._signed_out = refusal.code == "not_signed_in"
            return
        answer: Synced = body
        self._feed.synced(answer, time.monotonic())

    def mark(self, now: float) -> tuple[Any, ...]:
        """Differs when what is heard does."""
        return self._state(now), self._feed.epoch, self._feed.seq, self._feed.stale(now)

    def heard(self, now: float) -> Heard:
        known = bool(self._feed.state["windows"])
        view = view_of(self._feed.state, self._seat.staff, self._seat.window) if known else None
        return Heard(self._state(now), view, self._feed.seq, self._feed.stale(now))

    def _state(self, now: float) -> State:
        if self._signed_out:
            return "signed_out"
        return "live" if self._feed.in_step and not self._feed.stale(now) else "away"
