"""Migrations build the tables that the code expects, there and back."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from alembic import command

from queue_server.cli import database
from queue_server.services import maintenance
from queue_server.store import tables
from queue_server.store.engine import Store
from tests.services.test_log import test_the_database_itself_refuses_to_change_the_log as refuses_changes
from tests.support.halls import Bench

Migrate = Callable[..., None]


@pytest.fixture
def migrate(store: Store) -> Migrate:
    """Run an alembic command on the test's database, in one transaction."""

    def run(name: str, *arguments: str) -> None:
        made = database.config(store)
        with store.writer.begin() as connection:
            made.attributes["connection"] = connection
            getattr(command, name)(made, *arguments)

    return run


def names(store: Store) -> set[str]:
    with store.reading() as connection:
        return set(sa.inspect(connection).get_table_names()) - {"alembic_version"}


def guards(store: Store) -> int:
    kind = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
    if not store.is_sqlite:
        kind = "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"
    with store.reading() as connection:
        return connection.exec_driver_sql(kind).scalar() or 0


def test_the_migrations_build_exactly_the_tables_of_the_code(migrate: Migrate, store: Store) -> None:
    migrate("check")
    assert names(store) == set(tables.metadata.tables)
    assert database.is_current(store)


def test_a_difference_would_be_noticed(migrate: Migrate, store: Store) -> None:
    with store.writer.begin() as connection:
        connection.exec_driver_sql("DROP INDEX ix_tickets_turn")

    with pytest.raises(Exception, match="New upgrade operations detected"):
        migrate("check")


def test_down_to_nothing_and_up_again(migrate: Migrate, store: Store) -> None:
    migrate("downgrade", "base")
    assert (names(store), guards(store)) == (set(), 0)
    assert not database.is_current(store)

    database.upgrade(store)
    database.upgrade(store)

    migrate("check")
    assert guards(store) == 2
    hall = Bench(store).found()
    refuses_changes(hall, "DELETE FROM events")
    refuses_changes(hall, "UPDATE events SET data = '{}'")
    refuses_changes(hall, "TRUNCATE events")
    with store.reading() as connection:
        assert list(maintenance.verify(connection)) == []
