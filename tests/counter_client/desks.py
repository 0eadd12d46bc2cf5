"""A clerk's desk for tests: commands and keypads as processes, as hot keys start them."""

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from counter_client.memory import DOUBLE_PRESS_S
from tests.support.halls import HALL
from tests.support.served import PASSWORD, ServedHall
from tests.support.servers import ROOT, wait_until

#: A second press within this time counts as a double press, in seconds, and a little more.
NEXT_PRESS_S = DOUBLE_PRESS_S + 0.05
#: Every command begun; what a failed test leaves running is ended after it.
STARTED: "list[subprocess.Popen[str]]" = []


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    text: str

    @property
    def json(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.text)
        return loaded


@dataclass
class Desk:
    """One clerk's desk: each command is a process of its own, as a hot key starts it."""

    folder: Path
    address: str
    window: str = "1"
    #: When the last command was begun, monotonic seconds.
    begun: float = -1.0

    def begin(self, *words: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "counter_client", *words, "--state-dir", str(self.folder)]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("HALL_")}
        self.begun = time.monotonic()
        environment |= {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LANG": "zh_CN.UTF-8", "LC_ALL": ""}
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, text=True, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        STARTED.append(process)
        return process

    def keypad(self, *words: str) -> "Keypad":
        return Keypad(self.begin("keypad", "--plain", *words))

    @staticmethod
    def end(process: "subprocess.Popen[str]", given: str = "") -> Said:
        text, trouble = process.communicate(given, timeout=60)
        assert not trouble, trouble
        assert text.count("\n") == 1, text
        return Said(process.returncode, text.strip())

    def run(self, *words: str, given: str = "") -> Said:
        return self.end(self.begin(*words), given)

    def press(self, *words: str) -> Said:
        """A press that is not the second half of a double one; gives up on the server after a second."""
        self.settle()
        return self.run(*words, "--patience", "1")

    def settle(self) -> None:
        """Wait until another press can no longer be the second half of the last."""
        wait_until(lambda: time.monotonic() > self.begun + NEXT_PRESS_S, what="the time between two presses")

    def sign_in(self, *words: str, password: str = PASSWORD) -> Said:
        where = ["--server", self.address, "--hall", HALL, "--username", f"clerk{self.window}", "--window", self.window]
        return self.run("sign-in", *where, *words, given=f"{password}\n")


class Keypad:
    """A running keypad without a terminal: keys go into a pipe, and each change comes out as a line."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process, self.lines = process, list[str]()
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def press(self, keys: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(keys)
        self.process.stdin.flush()

    def shows(self, *parts: str, without: str = "nothing") -> None:
        """Wait for a display that has all the parts."""

        def shown() -> bool:
            last = self.lines[-1] if self.lines else ""
            return all(part in last for part in parts) and without not in last

        wait_until(shown, 15, f"{parts}; last {self.lines[-3:]}")

    def end(self) -> int:
        """Close the pipe: the program ends by itself."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        self.process.stdin.close()
        code = self.process.wait(20)
        self._reading.join()
        trouble = self.process.stderr.read()
        for pipe in (self.process.stdout, self.process.stderr):
            pipe.close()
        assert not trouble, trouble
        return code


def issue(hall: ServedHall, *lines: str) -> list[str]:
    kiosk = hall.client(token=hall.kiosk)
    return [kiosk.order("/tickets", line=line, **{"class": "ordinary"}).answer["ticket"]["number"] for line in lines]


def tickets(hall: ServedHall) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = hall.client("supervisor").read("/snapshot?scope=staff")["snapshot"]["tickets"]
    return found


def states(hall: ServedHall) -> dict[str, str]:
    return {number: ticket["state"] for number, ticket in tickets(hall).items()}
