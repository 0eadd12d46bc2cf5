"""PostgreSQL is cut off from the server: orders are refused clearly, the hub goes on, and it mends itself."""

from pathlib import Path

import pytest

from tests.conftest import fresh_database
from tests.faults.database import away_database
from tests.faults.proxy import Fault


@pytest.mark.slow
def test_a_database_that_is_away_stops_no_page_repeats_no_order_and_unsays_no_refusal(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    faults: list[Fault] = ["drop", "reset"]
    with away_database(fresh_database(request, "postgresql", tmp_path), tmp_path) as hall:
        broken = [what for fault in faults for what in hall.round(fault, orders_per_s=5)]
        hall.assert_answers_stand()
    assert broken == []
