"""The other half of test_server.py, and a little on PostgreSQL, which is asked over a socket and is slower."""

from collections.abc import Iterator

import pytest

from tests.model.database import PostgresHall
from tests.model.house_rules import HallMachine
from tests.model.run import run
from tests.model.test_server import EXAMPLES, STEPS
from tests.support.postgres import PrivatePostgres

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def test_whatever_else_is_pressed_the_hall_is_what_the_model_says(hall_machine: type[HallMachine]) -> None:
    run(hall_machine, EXAMPLES, STEPS, start=2019)


@pytest.fixture
def on_postgresql(postgres: PrivatePostgres) -> Iterator[type[HallMachine]]:
    database = HallMachine.database = PostgresHall(postgres)
    yield HallMachine
    database.close()


def test_on_postgresql_too(on_postgresql: type[HallMachine]) -> None:
    run(on_postgresql, 10, 40, start=2018)
