"""One database and one Node for the machines of this folder."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.model.database import SqliteFile
from tests.model.house_rules import HallMachine
from tests.model.news_machine import NewsMachine, RestoreMachine
from tests.model.stage import Pages


@pytest.fixture
def hall_machine() -> Iterator[type[HallMachine]]:
    HallMachine.database = database = SqliteFile()
    yield HallMachine
    database.close()


def with_pages(machine: type[Any]) -> Iterator[type[Any]]:
    """With the pages as they are; a test may put others in their place."""
    machine.database = database = SqliteFile()
    machine.pages = Pages()
    yield machine
    machine.pages.close()
    database.close()


@pytest.fixture
def news_machine() -> Iterator[type[NewsMachine]]:
    yield from with_pages(NewsMachine)


@pytest.fixture
def restore_machine() -> Iterator[type[RestoreMachine]]:
    yield from with_pages(RestoreMachine)
