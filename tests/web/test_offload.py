"""Slow functions run one after another, and not without limit."""

import threading

import pytest

from queue_server.parts import MOST_WAITING, OneAtATime
from queue_server.store.engine import Busy
from tests.support.servers import wait_until


def test_no_two_run_at_once_and_too_many_are_refused() -> None:
    go, running, most = threading.Event(), [], []

    def slow() -> None:
        running.append(1)
        most.append(len(running))
        go.wait(20)
        running.pop()

    run = OneAtATime(lambda function: function())
    threads = [threading.Thread(target=run, args=(slow,)) for _ in range(MOST_WAITING)]
    for thread in threads:
        thread.start()
    wait_until(lambda: run.waiting == MOST_WAITING, what="a full queue")
    with pytest.raises(Busy):
        run(slow)
    go.set()
    for thread in threads:
        thread.join()
    assert max(most) == 1
    assert len(most) == MOST_WAITING
    assert run.waiting == 0
