"""Answers of a database nearby are taken at once; everything else is waited for as before."""

import socket
from collections.abc import Generator, Iterator

import pytest
import sqlalchemy as sa

from queue_server.store import nearby
from queue_server.store.engine import open_store
from queue_server.store.nearby import MISSES, READ, RESTS, WRITE, Nearby


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    yield ours, theirs
    ours.close()
    theirs.close()


def asking(end: socket.socket, told: list[int]) -> Generator[int, int, bytes]:
    """A question as psycopg asks it: send, then wait for the answer."""
    told.append((yield READ | WRITE))
    told.append((yield READ))
    return end.recv(10)


def ended_with(generator: Generator[int, int, bytes]) -> bytes | None:
    try:
        next(generator)
    except StopIteration as ended:
        answer: bytes = ended.value
        return answer
    return None


def test_an_answer_that_is_there_is_taken_without_a_turn_of_the_loop(ends: tuple[socket.socket, socket.socket]) -> None:
    told: list[int] = []
    ends[1].send(b"answer")

    assert ended_with(Nearby().answered_soon(asking(ends[0], told), ends[0].fileno())) == b"answer"
    assert told == [READ | WRITE, READ]


def test_an_answer_that_takes_its_time_is_left_to_the_loop(ends: tuple[socket.socket, socket.socket]) -> None:
    told: list[int] = []
    question = Nearby().answered_soon(asking(ends[0], told), ends[0].fileno())

    assert next(question) == READ
    assert told == [WRITE]
    ends[1].send(b"late")
    with pytest.raises(StopIteration) as ended:
        question.send(READ)
    assert ended.value.value == b"late"
    assert told == [WRITE, READ]


def test_a_connection_that_was_cut_is_told_by_reading(ends: tuple[socket.socket, socket.socket]) -> None:
    ends[1].close()
    assert ended_with(Nearby().answered_soon(asking(ends[0], []), ends[0].fileno())) == b""


def test_a_question_that_asks_nothing_of_the_network_ends_at_once() -> None:
    def nothing() -> Generator[int, int, bytes]:
        yield from ()
        return b"done"

    assert ended_with(Nearby().answered_soon(nothing(), -1)) == b"done"


def test_where_the_system_has_no_poll_the_loop_waits_for_everything(
    ends: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearby, "_poll", None)
    ends[1].send(b"answer")
    assert next(Nearby().answered_soon(asking(ends[0], []), ends[0].fileno())) == READ | WRITE


def test_postgresql_s_quick_and_slow_answers_are_both_right(database_url: str) -> None:
    if not database_url.startswith("postgresql"):
        return
    store = open_store(database_url)
    with store.reading() as connection:
        for wait_s in (0, 0.02, 0):
            assert connection.scalar(sa.text("SELECT 7 FROM pg_sleep(:wait)"), {"wait": wait_s}) == 7
    store.dispose()


def test_a_database_that_is_not_near_is_not_tried_for_a_while(
    ends: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    polls: list[int] = []
    monkeypatch.setattr(nearby, "_ready", lambda *_: bool(polls.append(1)))
    far = Nearby()

    def ask(times: int) -> int:
        before = len(polls)
        for _ in range(times):
            next(far.answered_soon(asking(ends[0], []), ends[0].fileno()))
        return len(polls) - before

    assert ask(MISSES) == MISSES
    assert ask(RESTS + 1) == 0
    assert ask(1) == 1, "it is tried once"
    assert ask(RESTS + 1) == 0, "and rests again"


def test_one_answer_s_pieces_share_one_moment(ends: tuple[socket.socket, socket.socket]) -> None:
    """A database that trickles must not hold the loop for longer than one that is silent."""

    def trickled() -> Generator[int, int, bytes]:
        while True:
            yield WRITE

    question = Nearby().answered_soon(trickled(), ends[0].fileno())
    assert next(question) == WRITE


def test_a_loop_that_is_due_for_a_turn_gets_it(
    ends: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of these waits is short; many in a row would hold the loop for as long as they please."""
    loop = nearby.Loop()
    monkeypatch.setattr(nearby, "LOOP", loop)
    now = 100.0
    monkeypatch.setattr(nearby.time, "monotonic", lambda: now)
    ends[1].send(b"answer")

    loop.turned()
    now += nearby.TURN_WITHIN_S * 2
    assert next(Nearby().answered_soon(asking(ends[0], []), ends[0].fileno())) == READ | WRITE
    loop.turned()
    assert ended_with(Nearby().answered_soon(asking(ends[0], []), ends[0].fileno())) == b"answer"
