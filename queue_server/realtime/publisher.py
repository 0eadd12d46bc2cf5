"""Tells this process's readers what the log says, behind a cursor of its own."""

import threading

from flask_socketio import SocketIO
from sqlalchemy.engine import Connection

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
        self._halls: list[str] = []
        #: Two jobs publish; an event is told once, and in order.
        self._turn = threading.Lock()

    def publish(self) -> None:
        """Send everything committed since the last time, in order, to both scopes."""
        with self._turn:
            for hall_id in self._halls or self._look_for_halls():
                while self._publish_some(hall_id) == PORTION:
                    pass

    def _look_for_halls(self) -> list[str]:
        """Asked with each tick: a new hall is told of a second late, and no news costs a question more."""
        with self._parts.store.glancing() as connection:
            self._halls = log.hall_ids(connection)
        return self._halls

    def _publish_some(self, hall_id: str) -> int:
        known_epoch, known = self._cursors.get(hall_id, ("", 0))
        with self._parts.store.glancing() as connection:
            if hall_id not in self._cursors:
                known_epoch, known = self._begin_at(connection, hall_id)
            epoch, seq, events = log.news(connection, hall_id, known, PORTION)
        if epoch != known_epoch or known > seq:
            self._cursors[hall_id] = epoch, seq
            return 0
        self._cursors[hall_id] = epoch, events[-1].seq if events else known
        self._send(hall_id, events)
        return len(events)

    @staticmethod
    def _begin_at(connection: Connection, hall_id: str) -> tuple[str, int]:
        head = log.head(connection, hall_id)
        return head.epoch, head.seq

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
