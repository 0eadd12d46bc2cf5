"""PostgreSQL was restarted beneath a busy server: one request learns it, and no other is turned away."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from queue_server.store import people
from queue_server.store.engine import Away, Store, open_store
from tests.conftest import fresh_database

NOW = datetime(2026, 7, 24, tzinfo=UTC)
#: As many as the pool of glances holds.
AT_ONCE = 6


@pytest.fixture
def busy(request: pytest.FixtureRequest, tmp_path: object) -> Iterator[Store]:
    """A store whose connections were all just used."""
    store = open_store(fresh_database(request, "postgresql", tmp_path))  # type: ignore[arg-type]
    with ExitStack() as glances:
        for connection in [glances.enter_context(store.glancing()) for _ in range(AT_ONCE)]:
            people.device_by_token(connection, "nobody")
    yield store
    store.dispose()


def end_every_connection(store: Store) -> None:
    other = sa.create_engine(store.url)
    with other.connect() as connection:
        ours = "application_name LIKE 'window-zero %' AND datname = current_database()"
        ended = sa.text(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {ours}")
        found = connection.execute(ended).scalars().all()
    other.dispose()
    assert len(found) >= AT_ONCE
    assert all(found)


def glance(store: Store) -> str:
    try:
        with store.glancing() as connection:
            people.member_by_token(connection, "nobody", NOW)
    except Away:
        return "away"
    return "answered"


def test_one_glance_learns_that_all_connections_are_dead(busy: Store) -> None:
    end_every_connection(busy)

    assert [glance(busy) for _ in range(AT_ONCE + 1)] == ["away", *["answered"] * AT_ONCE]
