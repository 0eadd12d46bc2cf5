"""Processes as HTTP clients of one server: the same judge, and a reader of the news beside them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import fresh_database
from tests.reliability.built import Built, built_hall
from tests.reliability.http_race import ISSUES, race_over_http
from tests.support.served import ServedHall

#: ``HTTP_RACE_ROUNDS=50`` for the long version.
ROUNDS = int(os.environ.get("HTTP_RACE_ROUNDS", "1"))

Serving = tuple[ServedHall, Built]


@pytest.fixture
def built(database_url: str, tmp_path: Path) -> Iterator[Serving]:
    hall, server = built_hall(database_url, tmp_path)
    yield hall, server
    server.end()


@pytest.fixture
def doctored(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Serving]:
    """On SQLite alone: what is taken out of the server has nothing to do with the database."""
    hall, server = built_hall(fresh_database(request, "sqlite", tmp_path), tmp_path)
    yield hall, server
    server.end()


@pytest.mark.timeout(120 + 30 * ROUNDS)
def test_clients_of_one_server_get_every_number_once_and_in_order(built: Serving) -> None:
    hall, server = built
    server.start()
    history = race_over_http(server.address, hall, ROUNDS, shown=ROUNDS > 1)
    assert history.faults() == []
    kinds = {(order.kind, bool(order.number)) for order in history.orders}
    assert kinds >= {("issue", True), ("call", True), ("call", False), ("start", True)}
    # Two presses in a round are made by all three kiosks together, and give one number each.
    assert sum(order.kind == "issue" for order in history.orders) == ROUNDS * (3 * (ISSUES - 2) + 2)
    assert len(history.told) > len(history.orders) // 2


def test_a_reader_sees_a_server_that_tells_what_is_not_committed(doctored: Serving) -> None:
    hall, server = doctored
    server.start(WITHOUT="own_reading")
    faults = race_over_http(server.address, hall, rounds=1).faults()
    assert any("before it was committed" in fault for fault in faults), faults


def test_to_wake_the_publisher_too_early_does_no_harm(doctored: Serving) -> None:
    """The publisher reads the log through a connection of its own: it tells nothing uncommitted even then."""
    hall, server = doctored
    server.start(WITHOUT="commit_first")
    assert race_over_http(server.address, hall, rounds=1).faults() == []
