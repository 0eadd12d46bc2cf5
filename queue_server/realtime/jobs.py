"""What the server does by itself: publish, tick, keep the timetable, notice silence, forget old answers."""

import time
from collections.abc import Callable

import structlog
from flask_socketio import SocketIO

from queue_server.domain.day import Day, Hall, due
from queue_server.metrics import REDIS_SILENT
from queue_server.parts import Parts
from queue_server.protocol import TICK_EVERY_S
from queue_server.realtime.feed import HallNews
from queue_server.realtime.nudges import messenger
from queue_server.realtime.presence import WRITE_EVERY_S
from queue_server.realtime.probe import Probe
from queue_server.realtime.publisher import Publisher
from queue_server.services import announcements, days, presence, printing
from queue_server.sparingly import Sparingly
from queue_server.store import current, idempotency, log, nearby
from queue_server.store.engine import checkpoint
from queue_server.store.records import from_row

logger = structlog.get_logger()

WATCH_EVERY_S = 1.0
FORGET_EVERY_S = 600.0
CHECKPOINT_EVERY_S = 1.0


def start(parts: Parts, socketio: SocketIO, readers: HallNews) -> None:
    """Start the background tasks of this process; they end with it."""
    publisher = Publisher(parts, socketio, readers)
    publisher.publish()
    others = messenger(parts)
    others.start(socketio.start_background_task, socketio.sleep)
    socketio.start_background_task(Probe(socketio.sleep, woke=nearby.LOOP.turned).run)

    def wait_for_news() -> None:
        REDIS_SILENT.set(others.silent)
        parts.news.wait(others.look_every_s)
        parts.news.clear()

    socketio.start_background_task(_for_ever, wait_for_news, publisher.publish)
    socketio.start_background_task(_for_ever, lambda: socketio.sleep(TICK_EVERY_S), publisher.tick)
    socketio.start_background_task(_for_ever, lambda: socketio.sleep(WATCH_EVERY_S), lambda: watch(parts))
    socketio.start_background_task(_for_ever, lambda: socketio.sleep(WRITE_EVERY_S), readers.presence.write)
    socketio.start_background_task(_for_ever, lambda: socketio.sleep(FORGET_EVERY_S), lambda: forget(parts))
    if parts.store.is_sqlite:
        # SQLite would do it inside every sixtieth order's commit, and stop the event loop for 200 ms.
        path = parts.store.path
        socketio.start_background_task(
            _for_ever, lambda: socketio.sleep(CHECKPOINT_EVERY_S), lambda: parts.offload(checkpoint, path)
        )


def _for_ever(wait: Callable[[], object], work: Callable[[], object]) -> None:
    kind = ""
    trouble = Sparingly(
        lambda times: logger.error(
            "background work failed", work=getattr(work, "__qualname__", "?"), kind=kind, times=times
        )
    )
    while True:
        wait()
        try:
            work()
        except Exception as error:
            # A full disk or a locked database must not end the job: the next round does the work.
            kind = type(error).__name__
            trouble()


def watch(parts: Parts) -> None:
    """Open and close days by the timetable; mark calls that nothing speaks or shows, and slips that nothing prints.

    Reads first, locks only to change.
    """
    for hall_id in _halls(parts):
        opening, silent, unshown, unprinted = _wanted(parts, hall_id)
        if opening:
            days.keep_timetable(lambda hall_id=hall_id: parts.uow(hall_id))  # type: ignore[misc]
        if silent:
            with parts.uow(hall_id) as uow:
                announcements.report_silence(uow)
        if unshown:
            with parts.uow(hall_id) as uow:
                presence.report_unshown(uow)
        if unprinted:
            with parts.uow(hall_id) as uow:
                printing.give_up(uow)


def _halls(parts: Parts) -> list[str]:
    with parts.store.reading() as connection:
        return log.hall_ids(connection)


def _wanted(parts: Parts, hall_id: str) -> tuple[bool, bool, bool, bool]:
    with parts.store.reading() as connection:
        hall = from_row(Hall, current.hall(connection, hall_id))
        row = current.latest_day(connection, hall_id)
        now = log.head(connection, hall_id).now(parts.clock())
        queued = current.oldest_unfinished(connection, hall_id, "queued")
        started = current.oldest_unfinished(connection, hall_id, "started")
        unshown = presence.has_unshown(connection, hall_id, parts.clock())
        unprinted = printing.is_stuck(connection, hall_id, now)
    day = from_row(Day, row) if row else None
    silent = queued is not None and queued <= now - announcements.SILENT_AFTER
    stuck = started is not None and started <= now - announcements.STUCK_AFTER
    return due(hall, day, now) is not None, silent or stuck, unshown, unprinted


def forget(parts: Parts) -> None:
    started = time.monotonic()
    for hall_id in _halls(parts):
        with parts.uow(hall_id) as uow:
            idempotency.forget_expired(uow.connection, uow.real_now)
    logger.debug("forgot old answers", seconds=round(time.monotonic() - started, 3))
