"""The same smoke suite under each async library: eventlet is being retired, and this is the way out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from queue_server.services import maintenance
from tests.conftest import fresh_database
from tests.news.live import LiveReader
from tests.reliability.load import Load
from tests.support.served import ServedHall, hall_on
from tests.support.servers import wait_until

EVERY = [(library, kind) for library in ("eventlet", "gevent", "threading") for kind in ("sqlite", "postgresql")]
#: eventlet has its own kills in tests/reliability.
KILLED = [("gevent", "sqlite"), ("gevent", "postgresql"), ("threading", "sqlite"), ("threading", "postgresql")]
#: A stop is done in five seconds (docs/operations.md); the rest is the machine's own.
STOPPED_WITHIN_S = 10.0


@pytest.fixture
def hall(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ServedHall]:
    library, kind = request.param
    served = hall_on(fresh_database(request, kind, tmp_path), tmp_path, HALL_ASYNC=library)
    served.server.start()
    yield served
    served.server.kill()


@pytest.mark.parametrize("hall", EVERY, indirect=True, ids="-".join)
def test_a_number_is_issued_called_served_and_told(hall: ServedHall) -> None:
    kiosk, clerk = hall.client(token=hall.kiosk), hall.seated("1")
    with LiveReader(hall.server.address) as screen:
        wait_until(lambda: screen.synced, what="the first snapshot")
        issued = kiosk.order("/tickets", line="A", **{"class": "ordinary"}).answer["ticket"]
        called = clerk.order("/windows/1/calls").answer["ticket"]
        clerk.order(f"/tickets/{called['id']}/starts")
        last = clerk.order("/windows/1/calls", finishing=called["id"])
        wait_until(lambda: screen.position["seq"] >= last.answer["seq"], what="the news of all of it")
    assert issued["number"] == called["number"] == "A001"
    assert last.answer["finished"]["state"] == "done"
    types = [event["type"] for event in screen.events if event["type"].startswith("ticket.")]
    assert types == ["ticket.issued", "ticket.called", "ticket.started", "ticket.finished"]
    report = hall.client("supervisor").read("/report")
    assert (report["hall"]["issued"], report["hall"]["served"]) == (1, 1)


@pytest.mark.slow
@pytest.mark.parametrize("hall", KILLED, indirect=True, ids="-".join)
def test_load_and_a_kill_lose_nothing_and_a_stop_is_gentle(hall: ServedHall) -> None:
    with LiveReader(hall.server.address) as screen:
        load = Load(hall)
        try:
            load.more(60)
            hall.server.kill()
            hall.server.start()
            load.more(60)
        finally:
            load.end()
        last = max(sent.answer["seq"] for sent in load.presses)
        wait_until(lambda: screen.position["seq"] >= last, what="the news after the kill")
        assert hall.server.stop() < STOPPED_WITHIN_S
    assert load.failures == []
    numbers = [sent.answer["ticket"]["number"] for sent in load.presses if sent.path == "/tickets"]
    assert len(set(numbers)) == len(numbers)
    with hall.database() as store, store.reading() as connection:
        assert list(maintenance.verify(connection)) == []
