"""Screens behind nginx, and what each of them was told."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from queue_server.services import news
from queue_server.store import log
from tests.district.district import District
from tests.news.live import LiveReader
from tests.support.halls import HALL
from tests.support.servers import wait_until


@contextmanager
def screens_of(district: District, count: int) -> Iterator[list[LiveReader]]:
    """So many screens, all connected and synced."""
    screens = [LiveReader(district.address) for _ in range(count)]
    try:
        for screen in screens:
            screen.connect()
        wait_until(lambda: all(screen.position["seq"] for screen in screens), what="every screen's first sync")
        yield screens
    finally:
        for screen in screens:
            screen.leave()


def head(district: District) -> int:
    with district.hall.database() as store, store.reading() as connection:
        return log.head(connection, HALL).seq


def wait_until_told(district: District, screens: list[LiveReader], within_s: float = 60.0) -> None:
    """Every screen has everything that is in the log now."""
    seq = head(district)
    told = lambda: all(screen.position["seq"] >= seq for screen in screens)  # noqa: E731
    wait_until(told, within_s, what=f"news up to {seq} at every screen")


def right_news(district: District, first: int, last: int) -> list[dict[str, Any]]:
    """What a screen must have been told between two positions, from the log itself."""
    with district.hall.database() as store, store.reading() as connection:
        events = log.after(connection, HALL, first, last - first)
    return [dict(news.envelope(event, "public")) for event in events]


def told(screen: LiveReader) -> list[dict[str, Any]]:
    """What a screen was told, by position. Its library hears every message in a thread of its own, so two may
    change places on the way to us; the order of the wire is judged by tests/reliability/watcher.py."""
    return sorted(screen.events, key=lambda event: int(event["seq"]))


def told_once(screen: LiveReader) -> bool:
    """Whether its events leave no gap, and each came once."""
    seqs = [event["seq"] for event in told(screen)]
    return seqs == list(range(seqs[0], seqs[0] + len(seqs))) if seqs else True
