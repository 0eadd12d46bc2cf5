"""Redis only nudges: with it frozen, lost or killed every screen still has its news, from the log."""

from pathlib import Path

import pytest

from tests.conftest import fresh_database
from tests.faults.crowd import crowd
from tests.faults.redis_server import needs_redis

pytestmark = [needs_redis, pytest.mark.slow]


def test_nobody_is_shown_old_numbers_as_fresh_while_redis_is_away(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with crowd(fresh_database(request, "postgresql", tmp_path), tmp_path) as hall:
        broken = hall.death(loaded=True)
    assert broken == []
