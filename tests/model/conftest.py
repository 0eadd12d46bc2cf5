"""One database and one Node for the machines of this folder."""

from collections.abc import Iterator

import pytest

from tests.model.database import SqliteFile
from tests.model.house_rules import HallMachine
from tests.model.news_machine import NewsMachine
from tests.model.stage import Pages


@pytest.fixture
def hall_machine() -> Iterator[type[HallMachine]]:
    HallMachine.database = database = SqliteFile()
    yield HallMachine
    database.close()


@pytest.fixture
def news_machine() -> Iterator[type[NewsMachine]]:
    """With the pages as they are; a test may put others in their place."""
    NewsMachine.database = database = SqliteFile()
    NewsMachine.pages = Pages()
    yield NewsMachine
    NewsMachine.pages.close()
    database.close()
