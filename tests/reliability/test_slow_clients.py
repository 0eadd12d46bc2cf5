"""Whoever is slow on purpose keeps nobody from being served."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests

from tests.reliability.wire import connect
from tests.support.served import ServedHall, small_hall

PLACES = 16
HEAD = b"POST /api/sessions HTTP/1.1\r\nHost: hall\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"


@pytest.fixture
def hall(tmp_path: Path, sqlite_template: Path) -> Iterator[ServedHall]:
    served = small_hall(tmp_path, sqlite_template, HALL_CONNECTIONS=str(PLACES))
    served.server.start()
    yield served
    served.server.kill()


def test_a_body_that_never_comes_gives_its_place_back(hall: ServedHall) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(connect(hall.server.port)) for _ in range(PLACES)]
        for connection in slow:
            connection.sendall(HEAD)
        assert requests.get(f"{hall.server.address}/healthz", timeout=25).ok
        # One whose bytes the worker had not seen yet may have been let go as idle, to make room.
        told = [b"408" in received(connection) for connection in slow]
        assert sum(told) >= PLACES - 2


def received(connection: socket.socket) -> bytes:
    connection.settimeout(20)
    return connection.recv(200)


def test_a_report_whose_process_is_stuck_is_given_up_and_made_again(hall: ServedHall) -> None:
    supervisor = hall.client("supervisor")
    report = supervisor.url("/report")
    assert supervisor.session.get(report, timeout=10).status_code == 200
    os.kill(report_process(hall), signal.SIGSTOP)
    assert supervisor.session.get(report, timeout=20).status_code == 503
    assert supervisor.session.get(report, timeout=10).status_code == 200


def report_process(hall: ServedHall) -> int:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
            environment = (folder / "environ").read_bytes()
        except OSError:
            continue
        if b"report_worker" in command and f"HALL_PORT={hall.server.port}".encode() in environment:
            return int(folder.name)
    raise AssertionError("no report process")
