"""The readers of the news, the real ones on a made-up clock: the pages' under Node, the display box's in Python."""

import json
import os
import subprocess
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import display_client.program as box_program
from display_client.link import DOWN, SYNCED, Message
from tests.news.reader import node

Json = Any
HERE = Path(__file__).resolve().parent
PROGRAM: Any = box_program


class Pages:
    """One Node process with the pages' reader; it serves one history after another.

    ``broken`` (file, text, other text) breaks a module of the pages on purpose.
    """

    def __init__(self, broken: tuple[str, str, str] | None = None) -> None:
        command = [node(), "--no-warnings", str(HERE / "stage.mjs")]
        pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self._process = subprocess.Popen(command, env=os.environ | {"STAGE_BREAK": json.dumps(broken or [])}, **pipes)

    def do(self, *commands: Json) -> Json:
        """Carry out commands; returns what the readers asked and what they now show."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(commands) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the pages' reader broke down: see the standard error above"
        return json.loads(line)

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()


class Box:
    """The display box's program, without its threads: its loop is turned by hand."""

    def __init__(self, poll: Any) -> None:
        self.now = 1000.0
        self.asked: list[Json] = []
        # Every reader of the clock in the program's module sees the made-up one.
        PROGRAM.time = SimpleNamespace(monotonic=lambda: self.now)
        link: Any = SimpleNamespace(ask=self.asked.append, here=lambda told: None)
        orders: Any = SimpleNamespace(news=poll)
        nothing: Any = SimpleNamespace()
        self._program = PROGRAM.Program(link, orders, nothing, nothing, threading.Event())

    def hear(self, name: str, data: Json) -> None:
        self._program._take_in(Message(name, data))
        self._turn()

    def answer(self, data: Json) -> None:
        self.hear(SYNCED, data)

    def disconnect(self) -> None:
        self.hear(DOWN, None)

    def forward(self, ms: int) -> None:
        for _ in range(max(1, ms // 100)):
            self.now += min(ms, 100) / 1000
            self._turn()

    def _turn(self) -> None:
        self._program._keep_time(self.now)

    @property
    def shows(self) -> Json:
        feed = self._program._feed
        return {"name": "box", "state": feed.state, "epoch": feed.epoch, "seq": feed.seq, "stale": feed.stale(self.now)}

    @staticmethod
    def close() -> None:
        PROGRAM.time = time
