"""A serial keypad: garbage, split bytes, bounce, unplugged and plugged in again; on a pty instead of a line."""

import os
import threading
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_client.keymap import load
from counter_client.serial_keypad import BOUNCE_S, Bounce, SerialKeypad
from tests.support.servers import wait_until


class Plug:
    """A keypad that can be pulled out: its path is a link, as udev makes it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "keypad"
        self._ends: tuple[int, int] | None = None

    def put_in(self) -> None:
        self._ends = os.openpty()
        tty.setraw(self._ends[1])
        self.path.symlink_to(os.ttyname(self._ends[1]))

    def pull_out(self) -> None:
        assert self._ends is not None
        self.path.unlink()
        for end in self._ends:
            os.close(end)
        self._ends = None

    def send(self, data: bytes) -> None:
        assert self._ends is not None
        os.write(self._ends[0], data)


class Time:
    """A clock that moves when a key was taken: what is sent in one piece bounces."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def plug(tmp_path: Path) -> Iterator[Plug]:
    found = Plug(tmp_path)
    found.put_in()
    yield found
    if found._ends is not None:
        found.pull_out()


class Listening:
    def __init__(self, plug: Plug) -> None:
        self.keys: list[str] = []
        self.plugged: list[bool] = []
        self.time = Time()
        table = load().serial | {b"\x02A\x03": "+"}
        keypad = SerialKeypad(plug.path, table, self.keys.append, self.plugged.append, clock=self.time)
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=keypad.run, args=(self.stopping,))
        self.thread.start()

    def heard(self, keys: str) -> None:
        wait_until(lambda: "".join(self.keys) == keys, 10, f"{keys!r}, heard {self.keys}")

    def is_plugged(self, *states: bool) -> None:
        wait_until(lambda: self.plugged == [*states], 10, f"plugged {states}, was {self.plugged}")


@pytest.fixture
def listening(plug: Plug) -> Iterator[Listening]:
    found = Listening(plug)
    found.is_plugged(True)
    yield found
    found.stopping.set()
    found.thread.join()


def test_keys_come_through_and_garbage_does_not(plug, listening):
    plug.send(b"\xff\x00\xc3\x28" + b"7" + b"\x80zz\xfe" + b"+-*/")

    listening.heard("7+-*/")


def test_bytes_that_come_in_pieces_are_one_key(plug, listening):
    for piece in (b"\x02", b"A", b"\x03", b"5"):
        plug.send(piece)

    listening.heard("+5")


def test_a_beginning_without_its_end_costs_no_other_key(plug, listening):
    plug.send(b"\x02A8")

    listening.heard("8")


def test_a_bounce_is_one_press_and_a_second_press_is_two(plug, listening):
    plug.send(b"555")
    plug.send(b"5")
    listening.heard("5")
    listening.time.now += BOUNCE_S
    plug.send(b"5\r\n")

    listening.heard("55enter")


def test_a_rattle_is_counted_from_its_last_contact():
    bounce = Bounce()
    found = [bounce.is_new("5", at) for at in (0.0, 0.04, 0.08, 0.12, 0.17, 0.18)]

    assert found == [True, False, False, False, True, False]
    assert bounce.is_new("6", 0.18)


def test_unplugged_and_plugged_in_again(plug, listening):
    plug.send(b"1")
    listening.heard("1")
    plug.pull_out()
    listening.is_plugged(True, False)
    plug.put_in()
    listening.is_plugged(True, False, True)
    plug.send(b"2")

    listening.heard("12")


def test_a_keypad_that_is_plugged_in_later_is_found(tmp_path):
    plug = Plug(tmp_path)
    listening = Listening(plug)
    try:
        listening.is_plugged(False)
        plug.path.write_text("no serial line")
        plug.path.unlink()
        plug.put_in()
        listening.is_plugged(False, True)
        plug.send(b"3")
        listening.heard("3")
    finally:
        listening.stopping.set()
        listening.thread.join()
        plug.pull_out()


def test_a_speed_that_no_system_has_is_refused(tmp_path):
    with pytest.raises(ValueError, match="12345"):
        SerialKeypad(tmp_path / "keypad", {}, print, baud=12345)
