"""What PostgreSQL refuses is known by its code: its words are in the database's own language."""

import psycopg
import pytest
import sqlalchemy as sa

from queue_server.store.engine import is_away, is_full, is_locked


def refused(state: str | None, text: str = "由于锁超时而取消语句") -> sa.exc.DBAPIError:
    kind = psycopg.errors.lookup(state) if state else psycopg.OperationalError
    wrapper = sa.exc.OperationalError if issubclass(kind, psycopg.OperationalError) else sa.exc.InternalError
    return wrapper("SELECT 1", {}, kind(text))


@pytest.mark.parametrize(
    ("state", "judged"),
    [
        ("55P03", "locked"),
        ("40P01", "locked"),
        ("40001", "locked"),
        ("57014", "locked"),
        ("53100", "full"),
        ("57P01", "away"),
        ("25P03", "away"),
        ("53300", "away"),
        ("08006", "away"),
        (None, "away"),
        ("23505", ""),
    ],
)
def test_a_refusal_is_judged_by_its_code(state: str | None, judged: str) -> None:
    error = refused(state)
    found = {"locked": is_locked(error), "full": is_full(error), "away": is_away(error)}
    assert [name for name, true in found.items() if true] == ([judged] if judged else [])
