"""Tells this process's readers what the log says, behind a cursor of its own."""

import threading

from flask_socketio import SocketIO

from queue_server.domain.errors import UnknownHall
from queue_server.domain.events import Event
from queue_server.metrics import EVENTS
from queue_server.parts import Parts
from queue_server.protocol import EVENT, TICK, Scope, Tick
from queue_server.realtime.feed import HallNews, room
from queue_server.services import news
from queue_server.store import log

SCOPES: tuple[Scope, ...] = ("public", "staff")
#: Events that are read at once.
PORTION = 200
#: Events that go out in one write: the more the publisher is behind, the less each of them costs.
AT_ONCE = 16


class Publisher:
    """Reads the log behind its own cursor and tells this process's readers.

    Nothing is lost when it dies: readers ask for what they miss, and the tick shows that they do.
    """

    def __init__(self, parts: Parts, socketio: SocketIO, readers: HallNews) -> None:
        self._parts, self._socketio, self._readers = parts, socketio, readers
        self._cursors: dict[str, tuple[str, int]] = {}
        #: Two jobs publish; an event is told once, and in order.
        self._turn = threading.Lock()

    def publish(self) -> None:
        """Send everything committed since the last time, in order, to both scopes."""
        with self._turn:
            for hall_id in list(self._cursors) or self._look_for_halls():
                while self._publish_some(hall_id) == PORTION:
                    pass

    def _look_for_halls(self) -> list[str]:
        """Asked with each tick: a new hall is known a second late, and no news costs a question more.

        Its news begin where its log stands then; who reads it has asked for what was before.
        """
        with self._parts.store.glancing() as connection:
            halls = log.hall_ids(connection)
            for new in [hall_id for hall_id in halls if hall_id not in self._cursors]:
                head = log.head(connection, new)
                self._cursors[new] = head.epoch, head.seq
        return halls

    def _publish_some(self, hall_id: str) -> int:
        known_epoch, known = self._cursors[hall_id]
        try:
            with self._parts.store.glancing() as connection:
                epoch, seq, events = log.news(connection, hall_id, known, PORTION)
        except UnknownHall:
            # A database was put back to before the hall was founded: the others' news go on.
            del self._cursors[hall_id]
            return 0
        if epoch != known_epoch or known > seq:
            self._cursors[hall_id] = epoch, seq
            return 0
        self._cursors[hall_id] = epoch, events[-1].seq if events else known
        self._send(hall_id, events)
        return len(events)

    def _send(self, hall_id: str, events: list[Event]) -> None:
        EVENTS.inc(len(events))
        for start in range(0, len(events), AT_ONCE):
            some = events[start : start + AT_ONCE]
            for scope in SCOPES:
                self._readers.broadcast.send(EVENT, [news.envelope(e, scope) for e in some], room(hall_id, scope))

    def tick(self) -> None:
        """Say where each hall's log stands, to those who may still listen.

        News first: another process's commits may not have been told yet, and every reader would ask for them.
        """
        self._readers.cut_off()
        self.publish()
        for hall_id in self._look_for_halls():
            with self._parts.store.glancing() as connection:
                now: Tick = news.tick(connection, hall_id, self._parts.clock())
            for scope in SCOPES:
                self._readers.broadcast.send(TICK, [now], room(hall_id, scope))
