"""Half past eight: everybody signs in at once, and the hall goes on."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.support.served import ServedHall, small_hall

pytestmark = pytest.mark.alone

SIGN_INS = 120
#: A bystander's order took at most 0.02 s beside 200 sign-ins; before they took turns, 5.8 s.
BYSTANDER_S = 1.0
#: 102 MB after 49 sign-ins; 388 MB when each of twenty threads kept its own memory.
MEMORY_MB = 250


@pytest.fixture
def hall(tmp_path: Path, sqlite_template: Path) -> Iterator[ServedHall]:
    served = small_hall(tmp_path, sqlite_template)
    served.server.start()
    yield served
    served.server.kill()


def test_a_crowd_that_signs_in_keeps_no_order_waiting(hall: ServedHall) -> None:
    kiosk, statuses = hall.client(token=hall.kiosk), []

    def sign_in(number: int) -> None:
        body = {"username": f"nobody{number}", "password": "wrong"}
        statuses.append(requests.post(f"{hall.server.address}/api/sessions", json=body, timeout=60).status_code)

    crowd = [threading.Thread(target=sign_in, args=(number,)) for number in range(SIGN_INS)]
    for one in crowd:
        one.start()
    longest = 0.0
    while any(one.is_alive() for one in crowd):
        started = time.monotonic()
        assert kiosk.order("/tickets", line="A", **{"class": "ordinary"}).status == 201
        longest = max(longest, time.monotonic() - started)
    print(f"\nlongest order beside {SIGN_INS} sign-ins: {longest * 1000:.0f} ms, worker {memory_mb(hall)} MB")
    assert set(statuses) <= {401, 503}
    assert longest < BYSTANDER_S
    assert memory_mb(hall) < MEMORY_MB


def memory_mb(hall: ServedHall) -> int:
    """Resident memory of the worker."""
    assert hall.server.process is not None
    master = hall.server.process.pid
    worker = Path(f"/proc/{master}/task/{master}/children").read_text().split()[0]
    line = next(line for line in Path(f"/proc/{worker}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024
