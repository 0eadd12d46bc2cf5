"""The running box: news in, calls out. One thread reads and decides, one speaks, one keeps the connection."""

import logging
import queue
import threading
import time
from collections.abc import Sequence
from typing import Any, Protocol

from display_client.calls import CallQueue
from display_client.feed import Feed
from display_client.keeper import Keeper
from display_client.link import DOWN, REFUSED, SYNCED, Link, Message
from display_client.orders import Orders
from display_client.player import Player
from display_client.reducer import State
from display_client.renderer import Renderer
from display_client.sound import Sound
from display_client.speaker import Speaker
from queue_server.protocol import EVENT, HELLO, TICK, TICK_EVERY_S

logger = logging.getLogger(__name__)

#: How often the program looks at its timers when nothing is heard, in seconds.
LOOK_UP_S = 0.1
#: How long a call in hand may take to its end when the program is told to stop, in seconds.
FINISH_WITHIN_S = 15.0
#: Refusals at the connection that waiting does not mend.
FINAL = frozenset({"unknown_hall", "unknown_version", "not_signed_in", "forbidden"})


class Beside(Protocol):
    """What works beside the voice: the screen's browser, an LED strip."""

    def show(self, state: State, stale: bool) -> None:
        """The hall as it is now; ``stale`` when the news are old. Must not wait."""

    def run(self, stopping: threading.Event) -> None:
        """Work in a thread of its own until told to stop."""


class Program:
    """Runs until ``stopping`` is set; ``refusal`` then says why, if the server was the reason."""

    def __init__(
        self,
        link: Link,
        orders: Orders,
        renderer: Renderer,
        player: Player,
        stopping: threading.Event,
        beside: Sequence[Beside] = (),
        speaks: bool = True,
    ) -> None:
        """``beside`` is what else hangs on the box; where it does not speak it takes no part in the hall's voice."""
        self._beside, self._speaks = beside, speaks
        self.refusal: str | None = None
        self._link, self._orders, self._stopping = link, orders, stopping
        self._renderer = renderer
        self._feed, self._queue, self._sound = Feed(), CallQueue(), Sound(player)
        self._keeper = Keeper(self._queue, orders, self._sound)
        self._speaker = Speaker(self._queue, orders, renderer, self._sound, self._keeper, self._end_because)
        self._due = {"here": 0.0, "poll": 0.0}
        self._connected = False

    def run(self) -> None:
        works = [("link", self._link.run), *((type(one).__name__.lower(), one.run) for one in self._beside)]
        works += [("speaker", self._speaker.run)] if self._speaks else []
        threads = [threading.Thread(target=run, args=(self._stopping,), name=name, daemon=True) for name, run in works]
        for thread in threads:
            thread.start()
        while not self._stopping.is_set():
            self._hear()
            self._keep_time(time.monotonic())
            if self._speaks:
                self._renderer.stand_by()
        finish_by = time.monotonic() + FINISH_WITHIN_S
        for thread in threads[1:]:
            thread.join(max(0.0, finish_by - time.monotonic()))
        self._renderer.close()
        self._link.close()

    def _end_because(self, code: str) -> None:
        self.refusal = code
        self._stopping.set()

    def _hear(self) -> None:
        """Take in what has come, at least one message or a short pause."""
        try:
            self._take_in(self._link.inbox.get(timeout=LOOK_UP_S))
            while True:
                self._take_in(self._link.inbox.get_nowait())
        except queue.Empty:
            return

    def _take_in(self, message: Message) -> None:
        now = time.monotonic()
        data: Any = message.data
        if message.name == EVENT:
            self._feed.receive(data, now)
        elif message.name == TICK:
            self._feed.tick(data, now)
        elif message.name == HELLO:
            self._say_connection(True)
            self._feed.hello(data, now)
        elif message.name == SYNCED:
            self._feed.synced(data, now)
        elif message.name == DOWN:
            self._lose()
        elif message.name == REFUSED and data in FINAL:
            self._end_because(data)
        self._pass_on(now)

    def _lose(self) -> None:
        if not self._connected:  # one more attempt that failed; what polling has brought stays
            return
        self._say_connection(False)
        self._feed.lost()
        self._queue.forget()

    def _pass_on(self, now: float) -> None:
        """What the news mean for the queue of calls."""
        hall_now = self._feed.hall_now(now)
        if self._feed.in_step and hall_now is not None:
            self._queue.update(self._feed.state, self._feed.epoch, hall_now)

    def _keep_time(self, now: float) -> None:
        for one in self._beside:
            one.show(self._feed.state, self._feed.stale(now))
        question = self._feed.question(now) if self._connected else None
        if question is not None:
            self._link.ask(question)
        if self._connected and self._is_due("here", now):
            self._link.here({"sound": self._sound_word(), "kind": "box", "stale": self._feed.stale(now)})
        if self._feed.silent(now) and self._is_due("poll", now):
            answer = self._orders.news(self._feed.place())
            if answer is not None:
                self._take_in(Message(SYNCED, answer))

    def _sound_word(self) -> str:
        return self._sound.word if self._speaks else "none"

    def _is_due(self, what: str, now: float) -> bool:
        """Every 2 s: the protocol's pace for signs of life and for polling."""
        if now < self._due[what]:
            return False
        self._due[what] = now + TICK_EVERY_S
        return True

    def _say_connection(self, connected: bool) -> None:
        if connected != self._connected:
            logger.info("connected" if connected else "the server is gone; trying again for ever")
        self._connected = connected
        self._keeper.connected_at = time.monotonic() if connected else None
