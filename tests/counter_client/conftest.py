"""A served hall, and a desk in it where a clerk is signed in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.counter_client.desks import STARTED, Desk
from tests.counter_client.thief import Thief
from tests.support.served import ServedHall, small_hall


@pytest.fixture
def hall(tmp_path: Path, sqlite_template: Path) -> Iterator[ServedHall]:
    data = tmp_path / "data"
    data.mkdir()
    served = small_hall(data, sqlite_template)
    served.server.start()
    yield served
    served.server.kill()


@pytest.fixture
def desk(hall: ServedHall, tmp_path: Path) -> Desk:
    found = Desk(tmp_path / "desk", hall.server.address)
    assert found.sign_in().code == 0
    return found


@pytest.fixture
def road(hall: ServedHall) -> Iterator[Thief]:
    found = Thief(hall)
    yield found
    found.close()


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    yield
    while STARTED:
        process = STARTED.pop()
        if process.poll() is None:
            process.kill()
            process.communicate()
