"""The keypad's sending hand: an unanswered press is repeated under its key, and none before it is forgotten."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_client import hand as module
from counter_client.api import Answer, UnreachableError
from counter_client.hand import Hand
from counter_client.memory import Memory, Press
from counter_client.presser import Outcome
from tests.counter_client.keypads import CALLED, seen
from tests.support.servers import wait_until

DONE = Answer(201, {"seq": 9, "ticket": {"number": "A003"}})
LOST = UnreachableError()


class Hall:
    """An Api that answers as it was told to and keeps the keys."""

    def __init__(self) -> None:
        self.answers: list[Answer | Exception] = []
        self.keys: list[str] = []

    def order(self, method: str, path: str, body: dict, key: str) -> Answer:
        self.keys.append(key)
        answer = self.answers.pop(0) if self.answers else DONE
        if isinstance(answer, Exception):
            raise answer
        return answer


class Working:
    """A hand at work, and what it told."""

    def __init__(self, memory: Memory) -> None:
        self.told: list[str] = []
        self.stopping = threading.Event()
        self.hand = Hand(memory, lambda outcome: self.told.append(_word(outcome)))
        self.thread = threading.Thread(target=self.hand.run, args=(self.stopping,))
        self.thread.start()

    def has_told(self, *words: str) -> None:
        wait_until(lambda: self.told == [*words], 10, f"{words}, told {self.told}")


def _word(outcome: Outcome | None) -> str:
    return "doubt" if outcome is None else outcome.kind


@pytest.fixture
def hall(monkeypatch: pytest.MonkeyPatch) -> Hall:
    found = Hall()
    monkeypatch.setattr(module, "desk", lambda memory, patience: (found, None))
    return found


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "desk")


@pytest.fixture
def working(hall: Hall, memory: Memory) -> Iterator[Working]:
    found = Working(memory)
    yield found
    found.stopping.set()
    found.hand.stop()
    found.thread.join()


def test_an_unanswered_press_is_repeated_under_its_key(hall: Hall, working: Working) -> None:
    hall.answers = [LOST, LOST, LOST]
    working.hand.send("next", {}, seen())
    working.has_told("doubt", "doubt", "doubt", "done")

    assert len(hall.keys) == 4
    assert len(set(hall.keys)) == 1


def test_it_is_given_up_when_it_can_no_longer_be_meant(hall, working, memory, monkeypatch) -> None:
    monkeypatch.setattr(module, "STILL_MEANT_S", 0.0)
    hall.answers = [LOST]
    working.hand.send("next", {}, seen())
    working.has_told("unconfirmed")

    assert memory.press().key == hall.keys[0]


def left_behind(at: float) -> Press:
    return Press("recall", {}, "recall", "/tickets/id-A003/recalls", {}, "A003", at)


def test_a_press_left_by_a_program_that_died_is_settled_at_the_start(hall: Hall, memory: Memory) -> None:
    left = left_behind(time.time() - 5)
    memory.keep(left)
    working = Working(memory)
    working.has_told("doubt", "done")
    working.hand.stop()
    working.thread.join()

    assert hall.keys == [left.key]


def test_one_of_long_ago_waits_until_the_same_key_is_pressed(hall: Hall, memory: Memory) -> None:
    left = left_behind(time.time() - 600)
    memory.keep(left)
    working = Working(memory)
    working.hand.send("recall", {}, seen(CALLED))
    working.has_told("done")
    working.hand.stop()
    working.thread.join()

    assert hall.keys == [left.key]


def test_what_was_pressed_before_the_stop_is_sent(hall: Hall, memory: Memory) -> None:
    working = Working(memory)
    working.hand.send("next", {}, seen())
    working.stopping.set()
    working.hand.stop()
    working.thread.join()

    assert working.told == ["done"]
