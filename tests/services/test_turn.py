"""The turn to write goes to whoever has waited longest, and is never lost."""

import subprocess
import sys
import threading

import pytest

from queue_server.store.turn import Turn
from tests.support.servers import ROOT, wait_until

#: Longer than any test waits.
PATIENCE_S = 30.0
#: A newcomer asks between the release and the loop's next turn, as an order of the same batch does.
NEWCOMER = """
import eventlet
eventlet.monkey_patch()
from queue_server.store.turn import Turn

turn, order = Turn(), []

def one(name):
    assert turn.acquire(30)
    order.append(name)
    turn.release()

turn.acquire(30)
waiting = eventlet.spawn(one, "waited")
eventlet.sleep(0)
turn.release()
one("newcomer")
waiting.wait()
print(*order)
"""
#: A green thread is ended while it waits, and another behind it still gets its turn.
ENDED = """
import eventlet
eventlet.monkey_patch()
from queue_server.store.turn import Turn

turn = Turn()
turn.acquire(30)
waiting = eventlet.spawn(turn.acquire, 30)
behind = eventlet.spawn(turn.acquire, 30)
eventlet.sleep(0)
{how}
print(behind.wait(), turn.acquire(0))
"""


def waiting(turn: Turn, number: int) -> bool:
    return len(turn._waiting) == number


def in_eventlet(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_who_came_first_is_first() -> None:
    turn, order = Turn(), []

    def one(name: int) -> None:
        assert turn.acquire(PATIENCE_S)
        order.append(name)
        turn.release()

    assert turn.acquire(PATIENCE_S)
    threads = [threading.Thread(target=one, args=[name]) for name in range(8)]
    for number, thread in enumerate(threads, start=1):
        thread.start()
        wait_until(lambda number=number: waiting(turn, number), what="one more who waits")
    turn.release()
    for thread in threads:
        thread.join()

    assert order == list(range(8))


def test_who_waits_too_long_is_told_and_takes_nobody_s_turn() -> None:
    turn = Turn()
    assert turn.acquire(PATIENCE_S)

    assert turn.acquire(0.01) is False
    turn.release()

    assert turn.acquire(0.01) is True


def test_a_turn_handed_over_at_the_last_moment_counts() -> None:
    turn = Turn()
    assert turn.acquire(PATIENCE_S)
    mine = threading.Lock()
    turn._waiting.append(mine)

    mine.acquire()
    turn.release()

    assert turn._gave_up(mine) is False


def test_nobody_s_turn_cannot_end() -> None:
    with pytest.raises(RuntimeError, match="nobody"):
        Turn().release()


def test_no_newcomer_overtakes_between_two_turns_of_the_loop() -> None:
    assert in_eventlet(NEWCOMER) == "waited newcomer"


@pytest.mark.parametrize("how", ["waiting.kill(); turn.release()", "turn.release(); waiting.kill()"])
def test_the_turn_of_a_green_thread_that_is_ended_goes_to_the_next(how: str) -> None:
    assert in_eventlet(ENDED.format(how=how)) == "True False"
