"""``verify`` finds every kind of damage."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queue_server.services import maintenance
from queue_server.store import tables
from queue_server.store.engine import Store
from tests.services.looking import faults, seq
from tests.support.halls import HALL, Bench

LOG, HEAD = tables.events, tables.hall_head


def without_guard(connection: Connection) -> None:
    """What somebody with the database in hand can do."""
    if connection.dialect.name == "sqlite":
        for verb in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER events_no_{verb}")
    else:
        connection.exec_driver_sql("DROP TRIGGER events_no_change ON events")


def tamper(store: Store, *statements: sa.Executable) -> None:
    with store.writer.begin() as connection:
        without_guard(connection)
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
def day(hall: Bench) -> Bench:
    for _ in range(3):
        hall.issue()
    hall.serve()
    hall.call("2")
    assert faults(hall.store) == []
    return hall


def test_a_changed_event_is_found_and_named(day: Bench) -> None:
    changed = sa.func.replace(LOG.c.data, '"A001"', '"A007"')
    tamper(day.store, LOG.update().where(LOG.c.type == "ticket.issued").values(data=changed))

    assert "event 7 is not what was written" in faults(day.store)


@pytest.mark.parametrize("column", ["type", "actor", "at", "day"])
def test_every_column_of_an_event_is_covered(day: Bench, column: str) -> None:
    values = {"type": "ticket.other", "actor": "staff:other", "at": day.clock.now.replace(year=2025), "day": None}
    tamper(day.store, LOG.update().where(LOG.c.seq == 8).values({column: values[column]}))

    assert "event 8 is not what was written" in faults(day.store)


def test_a_deleted_event_is_a_gap(day: Bench) -> None:
    tamper(day.store, LOG.delete().where(LOG.c.seq == 8))

    assert "gap in the log: 8 is missing" in faults(day.store)


def test_a_log_cut_off_at_its_end_is_found(day: Bench) -> None:
    last = seq(day.store)
    tamper(day.store, LOG.delete().where(LOG.c.seq == last))

    assert f"the head says {last}, the log ends at {last - 1}" in faults(day.store)


def test_a_log_rewritten_to_its_end_is_found_by_the_head(day: Bench) -> None:
    tamper(day.store, HEAD.update().values(hash="0" * 64))

    assert faults(day.store) == [f"the head says {seq(day.store)}, the log ends at {seq(day.store)}"]


def test_an_event_that_is_no_json_any_more_is_a_fault_and_not_a_crash(day: Bench) -> None:
    tamper(day.store, LOG.update().where(LOG.c.seq == 8).values(data="{"))

    assert "event 8 is not what was written" in faults(day.store)


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (lambda: tables.tickets.update().where(tables.tickets.c.number == "A003").values(line="B"), "tickets"),
        (lambda: tables.series.update().values(last=2), "series"),
        (lambda: tables.windows.update().where(tables.windows.c.code == "1").values(served=9), "windows"),
        (tables.announcements.delete, "announcements"),
        (lambda: tables.visits.update().values(outcome="left"), "visits"),
        (lambda: tables.halls.update().values(closes="19:00"), "halls"),
        (
            lambda: tables.lines.insert().values(
                hall_id=HALL, letter="X", name="x", name_en="x", kind="zero", position=9, mean_minutes=1, open=True
            ),
            "lines",
        ),
    ],
    ids=["changed ticket", "changed series", "changed window", "deleted rows", "changed visits", "hall", "added row"],
)
def test_a_table_that_is_not_the_fold_is_found(day: Bench, statement: Callable[[], sa.Executable], named: str) -> None:
    tamper(day.store, statement())

    with day.store.reading() as connection:
        found = [fault.what for fault in maintenance.verify(connection)]
    assert found
    assert all(fault.startswith(named) and "is not what the log amounts to" in fault for fault in found)


def test_figures_that_are_not_those_of_the_tables_are_found(day: Bench) -> None:
    tamper(day.store, tables.visits.update().where(tables.visits.c.outcome == "done").values(outcome="left"))

    with day.store.reading() as connection:
        found = [fault.what for fault in maintenance.verify_statistics(connection)]
    assert found == ["the figures of 2026-11-24 are not those of the tables"]


def test_side_tables_may_change_without_a_fault(day: Bench) -> None:
    tamper(day.store, tables.notes.delete(), tables.idempotency.delete(), tables.sessions.delete())

    assert faults(day.store) == []
