"""A graceful stop answers what is in flight; open websockets do not hold it up."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.reliability.wire import Websocket, connect, read_all, refused
from tests.support.served import Sent, ServedHall, small_hall
from tests.support.servers import ROOT, wait_until


@pytest.fixture
def hall(tmp_path: Path, sqlite_template: Path) -> Iterator[ServedHall]:
    served = small_hall(tmp_path, sqlite_template)
    served.server.start()
    yield served
    if served.server.process and served.server.process.poll() is None:
        served.server.kill()


def test_a_stop_answers_the_order_in_flight_and_is_done_in_five_seconds(hall: ServedHall) -> None:
    port, kiosk = hall.server.port, hall.client(token=hall.kiosk)
    whole = kiosk.raw(Sent("/tickets", {"line": "A", "class": "ordinary"}))
    with ExitStack() as open_ones:
        sockets = [open_ones.enter_context(closing(Websocket(port))) for _ in range(5)]
        assert [socket.status for socket in sockets] == [101] * 5
        slow = open_ones.enter_context(connect(port))
        slow.sendall(whole[:-10])
        stop = Stop(hall)
        wait_until(lambda: refused(port), timeout_s=3, what="refusing new connections")
        refused_after = stop.seconds
        # The rest of the body comes while the server is stopping.
        threading.Event().wait(max(0.0, 1.5 - stop.seconds))
        assert refused(port)
        slow.sendall(whole[-10:])
        answer = read_all(slow)
        answered_after = stop.seconds
        assert all(socket.is_cut(within_s=4) for socket in sockets)
    assert answer.startswith("HTTP/1.1 201"), answer
    assert '"number":"A001"' in answer.replace(" ", "")
    took = stop.wait()
    print(f"\nrefused after {refused_after:.2f} s, answered after {answered_after:.2f} s, stopped after {took:.2f} s")
    assert took < 5


class Stop:
    """TERM, and the time since then."""

    def __init__(self, hall: ServedHall) -> None:
        assert hall.server.process is not None
        self.process = hall.server.process
        self.started = time.monotonic()
        self.process.terminate()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def wait(self) -> float:
        """Until the master has gone, and with it the worker."""
        self.process.wait(20)
        return self.seconds


def test_a_stop_with_only_websockets_open_does_not_wait_for_them(hall: ServedHall) -> None:
    sockets = [Websocket(hall.server.port) for _ in range(12)]
    took = Stop(hall).wait()
    for socket in sockets:
        socket.close()
    print(f"\nstopped after {took:.2f} s with {len(sockets)} websockets open")
    assert took < 3


def test_a_stop_does_not_wait_for_an_order_that_never_arrives_whole(hall: ServedHall) -> None:
    whole = hall.client(token=hall.kiosk).raw(Sent("/tickets", {"line": "A", "class": "ordinary"}))
    with connect(hall.server.port) as slow:
        slow.sendall(whole[:-10])
        took = Stop(hall).wait()
    print(f"\nstopped after {took:.2f} s with half an order open")
    assert took < 5


def test_ctrl_c_in_the_terminal_stops_the_server_at_once(hall: ServedHall) -> None:
    """The terminal sends it to the whole group: master and worker."""
    sockets = [Websocket(hall.server.port) for _ in range(3)]
    process = hall.server.process
    assert process is not None
    started = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    process.wait(20)
    took = time.monotonic() - started
    for socket in sockets:
        socket.close()
    print(f"\nstopped after {took:.2f} s")
    assert took < 3


def test_a_stop_leaves_no_process_and_the_hall_starts_again(hall: ServedHall) -> None:
    kiosk = hall.client(token=hall.kiosk)
    kiosk.order("/tickets", line="A", **{"class": "ordinary"})
    process = hall.server.process
    assert process is not None
    Stop(hall).wait()
    left = subprocess.run(["pgrep", "-g", str(process.pid)], capture_output=True, text=True, check=False)
    assert left.stdout == ""
    hall.server.start()
    assert kiosk.order("/tickets", line="A", **{"class": "ordinary"}).answer["ticket"]["number"] == "A002"


@pytest.mark.parametrize("switching", [False, True], ids=["as it is", "with a pause put into it"])
def test_no_order_on_sqlite_lets_another_green_thread_in_before_its_commit(
    tmp_path: Path, sqlite_template: Path, switching: bool
) -> None:
    """A hub switch inside a transaction makes the next order stop the whole process for the lock."""
    small_hall(tmp_path, sqlite_template)
    url = f"sqlite:///{tmp_path / 'hall.db'}"
    command = [sys.executable, "-m", "tests.reliability.green_orders", url, *(["pause"] if switching else [])]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 0, result.stderr
    orders, switches = map(int, result.stdout.split())
    print(f"\n{orders} orders in 4 green threads, {switches} switches inside a transaction")
    assert orders >= 200
    assert (switches > 0) is switching
