"""The server against the model, a little of it; ``python -m tests.model.long server`` does the rest."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.model.database import Database, PostgresHall, SqliteFile
from tests.model.house_rules import HallMachine
from tests.model.run import run
from tests.support.postgres import PrivatePostgres

#: Histories and their steps; PostgreSQL is asked over a socket and is slower.
SHARES = {"sqlite": (20, 50), "postgresql": (4, 40)}


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    if request.param == "sqlite":
        database: Any = SqliteFile()
    else:
        server: PrivatePostgres = request.getfixturevalue("postgres")
        database = PostgresHall(server)
    HallMachine.database = database
    yield database
    database.close()


def test_whatever_is_pressed_the_hall_is_what_the_model_says(
    database: Database, request: pytest.FixtureRequest
) -> None:
    examples, steps = SHARES[request.node.callspec.params["database"]]
    run(HallMachine, examples, steps, start=2018)
