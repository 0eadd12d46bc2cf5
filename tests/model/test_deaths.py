"""The model's process dies where it is told to: everywhere in an order, and what it left is what was before."""

from collections.abc import Iterator

import pytest

from queue_server.domain.numbering import TicketClass
from queue_server.services import intake
from queue_server.store.engine import Busy
from tests.model.database import Database, Killed, PostgresHall, SqliteFile
from tests.model.house_rules import HallMachine

#: BEGIN, the lock with what is foreseen, who is ahead, the changes and COMMIT are as many at least.
STATEMENTS = 10


@pytest.fixture(params=["sqlite", "postgresql"])
def machine(request: pytest.FixtureRequest) -> Iterator[HallMachine]:
    postgresql = request.param == "postgresql"
    database: Database = PostgresHall(request.getfixturevalue("postgres"), "deaths") if postgresql else SqliteFile()
    HallMachine.database = database
    machine = HallMachine()
    yield machine
    machine.patches.undo()
    database.close()


def dies(machine: HallMachine, statement: int) -> bool:
    """Whether the process that issues a number died at this statement; then nothing may have happened."""
    before = machine.marks()
    machine.database.die_at(statement)
    try:
        with machine.uow() as uow:
            intake.issue(uow, "A", TicketClass.ORDINARY, "staff")
    except (Killed, Busy):
        # The rollback of a process that is dead finds its connection closed.
        assert machine.database.reopen()
        machine.require_unchanged(before)
        return True
    assert not machine.database.reopen()
    return False


def test_an_order_may_die_at_each_of_its_statements(machine: HallMachine) -> None:
    statement = 1
    while dies(machine, statement):
        statement += 1
    assert statement > STATEMENTS
    assert machine.ledger.follow() == ["ticket.issued"]
