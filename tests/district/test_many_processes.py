"""Several server processes behind nginx: one hall, every screen told everything, in order."""

import os
import signal
import time

import pytest
import requests

from tests.district.district import District
from tests.district.screens import head, right_news, screens_of, told, told_once, wait_until_told
from tests.news.live import LiveReader
from tests.reliability.http_race import race_over_http
from tests.reliability.load import Load
from tests.support.served import Sent
from tests.support.servers import wait_until

SCREENS = 12
#: ``DISTRICT_ROUNDS=50`` for the long version.
ROUNDS = int(os.environ.get("DISTRICT_ROUNDS", "2"))
#: The tick reads the log every two seconds; with what is asked for, news is never later than this, in seconds.
LATEST_S = 3.0


def readers(district: District) -> float:
    return district.metrics().get('hall_readers{scope="public"}', 0)


@pytest.mark.timeout(120 + 30 * ROUNDS)
@pytest.mark.slow
@pytest.mark.parametrize("processes", ["two", "four"])
def test_clients_of_many_processes_get_every_number_once_and_every_screen_is_told(
    request: pytest.FixtureRequest, processes: str
) -> None:
    district: District = request.getfixturevalue(processes)
    with screens_of(district, SCREENS) as screens:
        assert readers(district) == SCREENS
        first = head(district)
        history = race_over_http(district.address, district.hall, ROUNDS)
        assert history.faults() == []
        wait_until_told(district, screens)
        right = right_news(district, first, head(district))
        assert len(right) > ROUNDS * 45
        for screen in screens:
            assert told(screen)[: len(right)] == right
    # The orders came to different processes, too: nginx and gunicorn saw to that.
    assert len(district.workers) == {"two": 2, "four": 4}[processes]


def press(district: District) -> Sent:
    return district.hall.client(token=district.hall.kiosk).order("/tickets", line="A", **{"class": "ordinary"})


def delay_of_news(district: District, screens: list[LiveReader]) -> float:
    """Seconds from an answered press until every screen knows of it."""
    started = time.monotonic()
    press(district)
    wait_until_told(district, screens)
    return time.monotonic() - started


@pytest.mark.slow
def test_screens_are_told_while_redis_is_dead_hung_and_back(four: District) -> None:
    with screens_of(four, SCREENS) as screens:
        wait_until(lambda: not four.metrics()["hall_redis_silent"], what="Redis being heard")
        healthy = delay_of_news(four, screens)
        four.redis.signal(signal.SIGSTOP)
        hung = delay_of_news(four, screens)
        wait_until(lambda: four.metrics()["hall_redis_silent"] == 1, what="Redis being missed")
        missed = delay_of_news(four, screens)
        four.redis.kill()
        dead = delay_of_news(four, screens)
        four.redis.start()
        wait_until(lambda: not four.metrics()["hall_redis_silent"], what="Redis being heard again")
        back = delay_of_news(four, screens)
        print(f"\nhealthy {healthy:.3f} hung {hung:.3f} missed {missed:.3f} dead {dead:.3f} back {back:.3f} s")
        assert max(healthy, hung, missed, dead, back) < LATEST_S
        assert all(told_once(screen) for screen in screens)
        # Nobody was without a tick for long enough to call itself stale.
        gaps = [b - a for screen in screens for a, b in zip(screen.ticks, screen.ticks[1:], strict=False)]
        assert max(gaps) < 6.0


@pytest.mark.slow
def test_a_process_killed_under_load_costs_nobody_anything(four: District) -> None:
    with screens_of(four, SCREENS) as screens:
        load = Load(four.hall)
        try:
            for _ in range(3):
                load.more(40)
                dead = four.kill_a_worker()
                wait_until(lambda dead=dead: dead not in four.workers and len(four.workers) == 4, what="a new process")  # type: ignore[misc]
            load.more(40)
        finally:
            load.end()
        wait_until_told(four, screens)
        state = {(screen.position["epoch"], screen.position["hash"]) for screen in screens}
        assert len(state) == 1
    assert load.failures == []
    # The clerks sit down where others of theirs sat before: that press alone may be refused.
    assert {sent.status for sent in load.presses if not sent.path.endswith("/sessions")} <= {200, 201}


def test_monitoring_is_not_reached_through_nginx(four: District) -> None:
    assert requests.get(f"{four.address}/metrics", timeout=10).status_code == 404
    assert requests.get(f"{four.direct}/metrics", timeout=10).status_code == 401
