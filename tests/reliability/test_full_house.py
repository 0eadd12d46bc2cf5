"""A house full of screens: what is kept for plain HTTP stays free for it."""

import resource
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
import requests

from tests.reliability.wire import Websocket, connect
from tests.support.served import ServedHall, small_hall
from tests.support.servers import wait_until

#: What the server may have open at once in these tests; three quarters of it may be websockets.
CONNECTIONS = 16
FOR_WEBSOCKETS = 12


@pytest.fixture
def hall(tmp_path: Path, sqlite_template: Path) -> Iterator[ServedHall]:
    served = small_hall(tmp_path, sqlite_template, HALL_CONNECTIONS=str(CONNECTIONS))
    served.server.start()
    yield served
    served.server.kill()


def test_a_house_full_of_websockets_still_answers_orders(hall: ServedHall) -> None:
    kiosk = hall.client(token=hall.kiosk)
    sockets = [Websocket(hall.server.port) for _ in range(FOR_WEBSOCKETS)]
    beyond = [Websocket(hall.server.port) for _ in range(2)]
    assert [socket.status for socket in sockets] == [101] * FOR_WEBSOCKETS
    assert [socket.status for socket in beyond] == [503, 503]
    for _ in range(5):
        assert kiosk.order("/tickets", line="A", **{"class": "ordinary"}).status == 201
    sockets[0].close()
    wait_until(lambda: admitted(hall.server.port), what="a place for another websocket")
    for socket in [*sockets, *beyond]:
        socket.close()


def admitted(port: int) -> bool:
    with closing(Websocket(port)) as socket:
        return socket.status == 101


def test_the_refusal_of_a_websocket_says_when_to_come_back(hall: ServedHall) -> None:
    sockets = [Websocket(hall.server.port) for _ in range(FOR_WEBSOCKETS)]
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    headers = upgrade | {"Sec-WebSocket-Key": "MDEyMzQ1Njc4OWFiY2RlZg=="}
    answer = requests.get(
        f"{hall.server.address}/socket.io/?EIO=4&transport=websocket", headers=headers, timeout=5, stream=True
    )
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    for socket in sockets:
        socket.close()


def test_idle_connections_do_not_keep_an_order_waiting(hall: ServedHall) -> None:
    """Browsers leave connections open that they do not use; a clerk must not wait until they end."""
    kiosk = hall.client(token=hall.kiosk)
    with ExitStack() as idle:
        for _ in range(CONNECTIONS):
            idle.enter_context(connect(hall.server.port))
        answer = requests.get(f"{hall.server.address}/healthz", timeout=4)
        assert answer.ok
        assert kiosk.order("/tickets", line="A", **{"class": "ordinary"}).status == 201


def test_running_out_of_files_stops_nobody(tmp_path: Path, sqlite_template: Path) -> None:
    """The system refuses connections before the worker does: orders on new connections still get through."""
    hall = small_hall(tmp_path, sqlite_template)
    hall.server.start()
    assert hall.server.process is not None
    with ExitStack() as held:
        held.callback(hall.server.kill)
        limit_files(hall.server.process.pid, 80)
        for _ in range(120):
            held.enter_context(closing(connect(hall.server.port)))
        for _ in range(3):
            assert requests.get(f"{hall.server.address}/healthz", timeout=5).ok


def limit_files(master: int, files: int) -> None:
    """Lower the limit of open files of the worker behind a gunicorn master."""
    (worker,) = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    resource.prlimit(int(worker), resource.RLIMIT_NOFILE, (files, files))
