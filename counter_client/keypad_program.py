"""``python -m counter_client keypad``: keys in, a large display out, for as long as the desk is open."""

import argparse
import logging
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from counter_client import keymap, terminal_keys
from counter_client.hand import Hand
from counter_client.keymap import Keymap, KeymapError
from counter_client.keypad import Keypad
from counter_client.memory import Memory
from counter_client.news import Heard, News
from counter_client.presser import Outcome
from counter_client.screen import Screen, screen_for
from counter_client.sentences import Sentences
from counter_client.serial_keypad import SerialKeypad

#: How often the keypad looks at the time when nothing happens, in seconds.
LOOK_UP_S: Final = 0.1
#: How long an order under way may still take when the program is told to stop, in seconds.
LAST_ANSWER_S: Final = 4.0

Happening = Callable[[], None]


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--keys", type=Path, metavar="FILE", help="which key does what (TOML)")
    parser.add_argument("--serial", type=Path, metavar="PATH", help="a serial keypad: /dev/keypad")
    parser.add_argument("--baud", type=int, default=9600, help="its speed (default: %(default)s)")
    parser.add_argument("--plain", action="store_true", help="a line for each change instead of a display")


def run(options: argparse.Namespace) -> int:
    """Until Ctrl-C, SIGTERM, or the end of a pipe. 2 for a mapping file or a serial line that cannot be used."""
    memory, say = Memory(options.state_dir), Sentences(options.lang)
    try:
        keys = keymap.load(options.keys)
        program = Program(memory, say, keys, options.serial, options.baud)
    except KeymapError as error:
        return _unusable(say("keypad.keys_file", problem=error))
    except ValueError as error:
        return _unusable(say("keypad.no_serial", problem=error))
    if memory.seat() is None:
        print(say("error.not_signed_in"), file=sys.stderr)
        return 1
    # What libraries have to say about a lost connection would be written across the display.
    logging.disable(logging.CRITICAL)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: program.stop())
    screen = screen_for(sys.stdout, options.plain)
    try:
        with terminal_keys.one_by_one():
            program.run(screen)
    finally:
        screen.close()
    return 0


def _unusable(text: str) -> int:
    print(text, file=sys.stderr)
    return 2


class Program:
    """Threads put what happens into one box; the main thread alone touches keypad and screen."""

    def __init__(self, memory: Memory, say: Sentences, keys: Keymap, serial: Path | None, baud: int) -> None:
        """Raises ValueError for a serial speed that there is not."""
        self._box: queue.SimpleQueue[Happening] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._hand = Hand(memory, self._put(self._answered))
        self._keypad = Keypad(keys, say, self._hand.send)
        self._news = News(memory, self._put(self._heard))
        self._live = False
        self._failure: Exception | None = None
        self._serial: SerialKeypad | None = None
        if serial is not None:
            plugged = self._put(self._keypad.plugged)
            self._serial = SerialKeypad(serial, keys.serial, self._put(self._pressed), plugged, baud)

    def run(self, screen: Screen) -> None:
        hand = self._thread(self._hand.run)
        self._thread(self._news.run)
        self._thread(self._terminal)
        if self._serial is not None:
            self._thread(self._serial.run)
        while not self._stopping.is_set():
            self._work()
            self._keypad.pass_time(time.monotonic())
            screen.show(self._keypad.picture())
        self._hand.stop()
        hand.join(LAST_ANSWER_S)
        if self._failure is not None:
            raise self._failure

    def stop(self) -> None:
        self._stopping.set()

    def _thread(self, work: Callable[[threading.Event], None]) -> threading.Thread:
        def guarded() -> None:
            try:
                work(self._stopping)
            except Exception as error:
                # A display that nobody feeds any more would show the past as the present.
                self._failure = error
                self.stop()

        thread = threading.Thread(target=guarded, daemon=True)
        thread.start()
        return thread

    def _put(self, work: Callable[[Any], None]) -> Callable[[Any], None]:
        """Have the main thread do something with what another thread has found."""
        return lambda found: self._box.put(lambda: work(found))

    def _work(self) -> None:
        """Do what has come, at least one thing or a short pause."""
        try:
            self._box.get(timeout=LOOK_UP_S)()
            while True:
                self._box.get_nowait()()
        except queue.Empty:
            return

    def _terminal(self, stopping: threading.Event) -> None:
        terminal_keys.read(self._put(self._pressed), stopping)
        if self._serial is None and not stopping.is_set():
            # The end of a pipe is a key like any other: what came before it is done first.
            self._box.put(self.stop)

    def _pressed(self, key: str) -> None:
        self._keypad.press(key, time.monotonic())

    def _heard(self, heard: Heard) -> None:
        self._keypad.hear(heard)
        if heard.state == "live" and not self._live:
            self._hand.hurry()
        self._live = heard.state == "live"

    def _answered(self, outcome: Outcome | None) -> None:
        if outcome is None:
            self._keypad.busy(unconfirmed=True)
        else:
            self._keypad.answered(outcome, time.monotonic())
