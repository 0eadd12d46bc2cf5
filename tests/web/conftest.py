"""The app under test: real databases, a clock that a test moves, quick password hashing."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from queue_server.app import create_app
from queue_server.config import Settings
from queue_server.services import access
from tests.support.halls import HALL, Bench, Clock
from tests.web.visitors import Site

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
NOBODY = QUICK.hash("nobody has this password")


@pytest.fixture(autouse=True, scope="session")
def quick_hashing() -> Iterator[None]:
    """Real argon2 with the least work: nothing here is about how long it takes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(access, "hasher", QUICK)
        patch.setattr(access, "_NOBODY", NOBODY)
        yield


def opened(data: Path, url: str, clock: Clock | None = None) -> Site:
    """The app on the small hall at nine in the morning, clerk 'clerk' at window 1."""
    settings = Settings(data=data, database_url=url, hall=HALL, async_mode="threading")
    app, socketio = create_app(settings)
    parts = app.extensions["hall"]
    bench = Bench(parts.store, clock or Clock())
    parts.clock = bench.clock
    bench.found().open_day()
    site = Site(app, socketio, bench).populate()
    bench.sit("1", site.staff["clerk"])
    return site


def closed(site: Site) -> None:
    site.parts.report.close()
    site.parts.store.dispose()


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path) -> Iterator[Site]:
    path = tmp_path / "hall.db"
    shutil.copyfile(sqlite_template, path)
    site = opened(tmp_path, f"sqlite:///{path}")
    yield site
    closed(site)


@pytest.fixture
def site_on_both(tmp_path: Path, database_url: str) -> Iterator[Site]:
    """The same on SQLite and on PostgreSQL, for what a database may take differently."""
    site = opened(tmp_path, database_url)
    yield site
    closed(site)


@pytest.fixture(scope="module")
def shared_site(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Site]:
    """One app for the many cases of a table; a case changes nothing that another rests on."""
    folder = tmp_path_factory.mktemp("shared")
    shutil.copyfile(sqlite_template, folder / "hall.db")
    site = opened(folder, f"sqlite:///{folder / 'hall.db'}")
    yield site
    closed(site)
