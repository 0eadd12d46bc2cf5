"""A migration killed half-way is as if it had not begun: run again it succeeds, and nothing is lost."""

import itertools
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from queue_server.cli import database
from queue_server.services import maintenance
from queue_server.store import log, tables
from queue_server.store.engine import Store, open_store
from tests.conftest import _create, fresh_database
from tests.reliability.migrating import upgrade
from tests.services.test_log import test_the_database_itself_refuses_to_change_the_log as refuses_changes
from tests.services.test_migrations import guards, names
from tests.support.halls import HALL, Bench
from tests.support.postgres import PrivatePostgres
from tests.support.servers import ROOT

#: ``MIGRATION_KILLS=all`` kills at every statement.
ALL = os.environ.get("MIGRATION_KILLS") == "all"
_names = itertools.count(1)

#: A later release's migration, for the tests only: it changes, fills and moves what is there.
LATER = """
import sqlalchemy as sa
from alembic import op

revision = "later"
down_revision = "{head}"


def upgrade() -> None:
    op.create_table("later_papers", sa.Column("id", sa.String(32), primary_key=True))
    op.add_column("tickets", sa.Column("later_colour", sa.String(8)))
    op.execute("UPDATE tickets SET later_colour = 'green'")
    op.execute("INSERT INTO later_papers SELECT id FROM tickets")
    op.create_index("ix_later", "tickets", ["later_colour"])
    op.drop_index("ix_tickets_turn", table_name="tickets")
"""

Empty = Callable[[], str]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Empty:
    """URLs of databases without any table."""

    def make() -> str:
        name = f"migrated_{next(_names)}"
        if request.param == "sqlite":
            return f"sqlite:///{tmp_path / name}.db"
        server: PrivatePostgres = request.getfixturevalue("postgres")
        _create(server, name, "template1")
        return server.url(name)

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Empty:
    """URLs of databases with a hall and an hour of its work."""

    def make() -> str:
        folder = tmp_path / f"kept-{next(_names)}"
        folder.mkdir()
        url = fresh_database(request, request.param, folder)
        store = open_store(url)
        work(Bench(store).found())
        store.dispose()
        return url

    return make


def work(hall: Bench) -> None:
    hall.open_day()
    hall.sit("1")
    for _ in range(6):
        hall.issue()
        hall.serve()
    hall.issue()


@pytest.fixture
def later(tmp_path: Path) -> str:
    """The project's migrations and one more, which a later release might bring."""
    folder = tmp_path / "migrations"
    shutil.copytree(ROOT / "migrations", folder, ignore=shutil.ignore_patterns("__pycache__"))
    head = ScriptDirectory(str(folder)).get_current_head()
    (folder / "versions" / "later.py").write_text(LATER.format(head=head))
    return str(folder)


def killed(url: str, scripts: str, last: int) -> None:
    """Run the upgrade in a process of its own, which kills itself at a step."""
    arguments = [sys.executable, "-m", "tests.reliability.migrating", url, scripts, str(last)]
    run = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == -signal.SIGKILL, run.stderr


def points(steps: int) -> Iterator[int]:
    """Where to kill: in the middle, at the commit, and after it; or everywhere."""
    if ALL:
        return iter(range(1, steps + 1))
    return iter((steps // 2, steps - 1, steps))


def test_the_first_migration_can_be_killed_anywhere(empty: Empty) -> None:
    scripts = str(ROOT / "migrations")
    steps = upgrade(empty(), scripts)
    assert steps > len(tables.metadata.tables)
    for point in points(steps):
        url = empty()
        killed(url, scripts, last=point)
        store = open_store(url)
        assert names(store) == (set(tables.metadata.tables) if point == steps else set()), "all or nothing"
        database.upgrade(store)
        assert_whole(store)
        store.dispose()
    print(f"\n{'every one' if ALL else 'some'} of {steps} steps: all or nothing, and then all")


def assert_whole(store: Store) -> None:
    """The tables are the code's, and the log cannot be changed."""
    assert database.is_current(store)
    made = database.config(store)
    with store.writer.begin() as connection:
        made.attributes["connection"] = connection
        command.check(made)
    assert guards(store) == 2
    hall = Bench(store).found()
    for change in ("DELETE FROM events", "UPDATE events SET data = '{}'", "TRUNCATE events"):
        refuses_changes(hall, change)


def test_a_later_migration_killed_anywhere_loses_nothing(kept: Empty, later: str) -> None:
    steps = upgrade(kept(), later)
    for point in points(steps):
        url = kept()
        before = contents(url)
        killed(url, later, last=point)
        assert contents(url) == before
        store = open_store(url)
        assert ("later_papers" in names(store)) == (point == steps), "all or nothing"
        upgrade(url, later)
        assert contents(url) == before
        assert_later_is_there(store)
        store.dispose()
    print(f"\n{'every one' if ALL else 'some'} of {steps} steps: nothing lost")


def contents(url: str) -> list[tuple[object, ...]]:
    """The whole log and what ``hall verify`` finds of it and of the tables."""
    store = open_store(url)
    with store.reading() as connection:
        events = [tuple(vars(event).values()) for event in log.whole(connection, HALL)]
        assert list(maintenance.verify(connection)) == []
        assert list(maintenance.verify_statistics(connection)) == []
    store.dispose()
    return events


def assert_later_is_there(store: Store) -> None:
    with store.reading() as connection:
        coloured = connection.scalar(sa.text("SELECT count(*) FROM tickets WHERE later_colour = 'green'"))
        papers = connection.scalar(sa.text("SELECT count(*) FROM later_papers"))
    assert coloured == papers == 7
    assert guards(store) == 2
    refuses_changes(Bench(store), "DELETE FROM events")
