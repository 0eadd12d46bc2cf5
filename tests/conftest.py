"""Fixtures: real databases only. Every test of the store runs on SQLite and on PostgreSQL."""

import itertools
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from queue_server.cli import database
from queue_server.store.engine import Store, open_store
from tests.support.halls import Bench
from tests.support.postgres import PrivatePostgres, binaries

_names = itertools.count(1)


def pytest_report_header() -> str:
    programs = binaries()
    return f"PostgreSQL: {programs}" if programs else "PostgreSQL: NOT INSTALLED, its half of the suite is skipped"


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Name a failed test at once: a run that is broken off would say only that there was one."""
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        last_line = report.longreprtext.strip().splitlines()[-1:]
        print(f"\nFAILED {report.nodeid} ({report.when})", *last_line, sep="\n", file=sys.stderr, flush=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PrivatePostgres]:
    """A private PostgreSQL with a migrated template database."""
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    server = PrivatePostgres(programs)
    server.start()
    try:
        _create(server, "template_hall", "template1")
        store = open_store(server.url("template_hall"))
        database.upgrade(store)
        store.dispose()
        yield server
    finally:
        server.stop()


def _create(server: PrivatePostgres, name: str, template: str) -> None:
    engine = sa.create_engine(server.url("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "hall.db"
    store = open_store(f"sqlite:///{path}")
    database.upgrade(store)
    with store.writer.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    store.dispose()
    return path


def fresh_database(request: pytest.FixtureRequest, kind: str, folder: Path) -> str:
    """The URL of a migrated, empty database of its own; a SQLite one lies in ``folder``."""
    if kind == "sqlite":
        path = folder / "hall.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    server: PrivatePostgres = request.getfixturevalue("postgres")
    name = f"hall_{next(_names)}"
    _create(server, name, "template_hall")
    return server.url(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated, empty database of its own for each test."""
    return fresh_database(request, request.param, tmp_path)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = open_store(database_url)
    yield store
    store.dispose()


@pytest.fixture
def bench(store: Store) -> Bench:
    """A small hall, its day not yet opened."""
    return Bench(store).found()


@pytest.fixture
def hall(bench: Bench) -> Bench:
    """The small hall at nine in the morning, open, a clerk at every window."""
    bench.open_day()
    for window in ("Z1", "1", "2", "3"):
        bench.sit(window)
    return bench


@pytest.fixture
def new_store(database_url: str) -> Iterator[Callable[[], Store]]:
    """More connections to the same database, as another process would have."""
    opened: list[Store] = []

    def open_another() -> Store:
        opened.append(open_store(database_url))
        return opened[-1]

    yield open_another
    for store in opened:
        store.dispose()
