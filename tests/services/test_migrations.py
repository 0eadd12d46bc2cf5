"""Migrations build the tables that the code expects, there and back."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from queue_server.cli import database
from queue_server.domain.numbering import TicketClass
from queue_server.services import announcements, intake, maintenance, setup, zones
from queue_server.store import tables
from queue_server.store.engine import Store
from tests.services import looking
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


def lived(store: Store) -> Bench:
    """A hall with zones, a placed window, a ticket's language, a call that was shown and spoken."""
    hall = Bench(store).found()
    hall.open_day()
    hall.sit("1")
    hall.do(zones.put, "a", {"name": "A区", "name_en": "Area A", "quiet": [["12:00", "13:30"]]})
    hall.do(zones.place_window, "1", {"zone": "a", "direction": "left", "place": "一楼"})
    hall.do(intake.issue, "A", TicketClass.ORDINARY, "kiosk", "en")
    hall.call("1")
    with hall.store.reading() as connection:
        [seq] = connection.scalars(sa.select(tables.announcements.c.seq))
    hall.do(announcements.start, seq, "box")
    hall.do(announcements.end, seq, "box")
    return hall


def before_zones(store: Store) -> str:
    """The revision under the one that brings zones."""
    revision = ScriptDirectory.from_config(database.config(store)).get_revision("0009")
    assert isinstance(revision.down_revision, str)
    return revision.down_revision


def test_a_hall_of_the_release_before_zones_gets_the_zone_that_every_hall_has(
    migrate: Migrate, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(setup, "_with_the_whole", lambda *_: [])
        hall = Bench(store).found()
    hall.open_day()
    hall.sit("1")
    hall.issue()
    migrate("downgrade", before_zones(store))
    head = looking.seq(store)

    database.upgrade(store)

    assert [row["code"] for row in looking.rows(store, tables.zones)] == ["hall"]
    assert looking.types(store, head) == ["zone.created"]
    hall.call("1")
    assert looking.faults(store) == []
    migrate("check")


def test_down_and_up_again_the_tables_are_what_the_log_says(migrate: Migrate, store: Store) -> None:
    hall = lived(store)
    before = looking.everything(store)

    migrate("downgrade", before_zones(store))
    database.upgrade(store)

    assert looking.everything(store) == before
    assert looking.faults(store) == []
    assert looking.types(store).count("zone.created") == 1
    hall.issue()
