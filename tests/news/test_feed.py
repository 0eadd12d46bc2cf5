"""The news over real sockets from a real server."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import requests

from queue_server.store import log
from tests.news.live import LiveReader
from tests.news.reader import applied, known
from tests.reliability.watcher import Watcher
from tests.support.halls import HALL
from tests.support.served import Client, ServedHall, small_hall
from tests.support.servers import wait_until

ORDERS = 200


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[ServedHall]:
    """One server for the tests that leave it as it was."""
    served = small_hall(tmp_path_factory.mktemp("feed"), sqlite_template)
    served.server.start()
    yield served
    served.server.kill()


@pytest.fixture
def own(tmp_path: Path, sqlite_template: Path) -> Iterator[ServedHall]:
    """A server to be killed."""
    served = small_hall(tmp_path, sqlite_template)
    served.server.start()
    yield served
    served.server.kill()


def issue(kiosk: Client, count: int) -> int:
    """Take so many numbers; returns the position of the last."""
    return max(kiosk.order("/tickets", line="AB"[n % 2], **{"class": "ordinary"}).answer["seq"] for n in range(count))


def is_at(reader: LiveReader, seq: int) -> None:
    wait_until(lambda: reader.position["seq"] >= seq, timeout_s=5, what=f"news up to {seq}")


def offset_of(hall: ServedHall) -> timedelta:
    with hall.database() as store, store.reading() as connection:
        return log.head(connection, HALL).offset


def test_two_hundred_orders_reach_a_reader_in_order_without_a_gap(running: ServedHall) -> None:
    kiosk, clerk = running.client(token=running.kiosk), running.seated("1")
    address = running.server.address
    # Two readers: the library gives each message to a thread, which may overtake another; the watcher sees the wire.
    with Watcher(address) as watcher, LiveReader(address) as reader:
        wait_until(lambda: reader.synced and watcher.synced, what="the answers to the first sync")
        first = reader.synced[0]
        for _ in range(ORDERS // 4):
            issue(kiosk, 2)
            ticket = clerk.order("/windows/1/calls").answer["ticket"]
            last = clerk.order(f"/tickets/{ticket['id']}/departures").answer["seq"]
        is_at(reader, last)
        wait_until(lambda: watcher.told and watcher.told[-1].seq >= last, what="the last news")
        assert watcher.problems(last) == []
        assert reader.hellos[0]["seq"] <= first["seq"]
        in_order = sorted(reader.events, key=lambda event: int(event["seq"]))
        numbers = [event["seq"] for event in in_order if event["seq"] > first["seq"]]
        assert numbers == list(range(first["seq"] + 1, last + 1))
        fresh = kiosk.read("/snapshot")
    (state,) = applied([{"before": first["snapshot"], "events": in_order}], running.server.data)
    assert {**known(state), "announcements": 0} == {**known(fresh["snapshot"]), "announcements": 0}
    print_latency(reader, offset_of(running))


def print_latency(reader: LiveReader, offset: timedelta) -> None:
    """From the moment the order held the lock, so its commit is in it, to the arrival."""
    pairs = zip(reader.events, reader.arrivals, strict=True)
    took = sorted(
        (at + offset - datetime.fromisoformat(event["at"])) / timedelta(milliseconds=1) for event, at in pairs
    )
    p95 = took[int(len(took) * 0.95)]
    print(f"\norder → news: p50 {took[len(took) // 2]:.1f} ms, p95 {p95:.1f} ms, max {took[-1]:.1f} ms, n {len(took)}")
    assert took[len(took) // 2] < 500


def test_a_tick_comes_every_two_seconds(running: ServedHall) -> None:
    with LiveReader(running.server.address) as reader:
        started = time.monotonic()
        wait_until(lambda: len(reader.ticks) >= 3, timeout_s=10, what="three ticks")
        waits = [b - a for a, b in zip([started, *reader.ticks], reader.ticks, strict=False)]
    assert max(waits) < 2.5, waits


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"scope": "staff"}, "not_signed_in"),
        ({"v": 2}, "unknown_version"),
        ({"v": None}, "unknown_version"),
        ({"v": "1"}, "unknown_version"),
        ({"hall": "elsewhere"}, "unknown_hall"),
        ({"hall": None}, "unknown_hall"),
    ],
)
def test_a_refused_reader_is_told_the_code(running: ServedHall, asked: dict[str, object], code: str) -> None:
    assert LiveReader(running.server.address, **asked).refused_with() == code


def test_a_device_does_not_hear_what_staff_hear(running: ServedHall) -> None:
    for token in (running.kiosk, running.screen):
        assert LiveReader(running.server.address, scope="staff", token=token).refused_with() == "forbidden"
        assert LiveReader(running.server.address, scope="public", token=token).refused_with() == "admitted"


@pytest.mark.parametrize(
    "position",
    [
        {"seq": 10**30},
        {"seq": -1},
        {"seq": True},
        {"seq": "7"},
        {"seq": 1.5},
        {"hash": 7},
        {"hash": None},
        {"epoch": None},
        {"epoch": ["x"]},
    ],
    ids=str,
)
def test_a_reader_with_a_position_that_cannot_be_gets_a_snapshot(
    running: ServedHall, position: dict[str, object]
) -> None:
    with LiveReader(running.server.address) as reader:
        wait_until(lambda: reader.synced, what="the answer to the first sync")
        reader.ask(reader.position | position)
        wait_until(lambda: len(reader.synced) == 2, timeout_s=5, what="an answer")
    assert reader.synced[1]["mode"] == "snapshot"


def test_long_polling_is_refused(running: ServedHall) -> None:
    answer = requests.get(f"{running.server.address}/socket.io/?EIO=4&transport=polling", timeout=5)
    assert answer.status_code == 400


def test_the_polled_news_are_those_of_the_socket(running: ServedHall) -> None:
    kiosk = running.client(token=running.kiosk)
    with LiveReader(running.server.address) as reader:
        wait_until(lambda: reader.synced, what="the answer to the first sync")
        first = dict(reader.position)
        is_at(reader, issue(kiosk, 5))
        query = "&".join(f"{name}={value}" for name, value in first.items())
        polled = kiosk.read(f"/news?scope=public&{query}")
        assert polled["events"][:5] == [event for event in reader.events if event["seq"] > first["seq"]][:5]


def test_a_reader_that_was_away_over_a_kill_gets_exactly_what_it_missed(own: ServedHall) -> None:
    kiosk, reader = own.client(token=own.kiosk), LiveReader(own.server.address)
    with reader:
        wait_until(lambda: reader.synced, what="the answer to the first sync")
        is_at(reader, issue(kiosk, 3))
    had = reader.position["seq"]
    issue(kiosk, 3)
    own.server.kill()
    own.server.start()
    last = issue(kiosk, 2)
    with reader:
        wait_until(lambda: len(reader.synced) == 2, what="the answer to the second sync")
        missed = reader.synced[1]
        assert missed["mode"] == "replay"
        assert [event["seq"] for event in missed["events"]] == list(range(had + 1, missed["seq"] + 1))
        assert missed["seq"] >= last == had + 5


def test_a_connected_reader_comes_back_by_itself_after_a_kill_and_has_no_gap(own: ServedHall) -> None:
    kiosk = own.client(token=own.kiosk)
    with LiveReader(own.server.address) as reader:
        wait_until(lambda: reader.synced, what="the answer to the first sync")
        is_at(reader, issue(kiosk, 3))
        own.server.kill()
        own.server.start()
        last = issue(kiosk, 4)
        wait_until(lambda: len(reader.synced) == 2, what="coming back")
        is_at(reader, last)
        told = [e["seq"] for e in [*reader.events, *reader.synced[1]["events"]]]
    first = reader.synced[0]["seq"]
    assert set(told) == set(range(first + 1, last + 1))
    assert len(reader.hellos) == 2
