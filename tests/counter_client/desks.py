"""A clerk's desk for tests: commands as processes, and a road on which answers get lost."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import requests

from counter_client.memory import DOUBLE_PRESS_S
from tests.support.halls import HALL
from tests.support.served import PASSWORD, ServedHall
from tests.support.servers import ROOT, wait_until

#: A second press within this time counts as a double press, in seconds, and a little more.
NEXT_PRESS_S = DOUBLE_PRESS_S + 0.05
#: What must not pass a proxy: it is the connection's own.
HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "server", "date"}


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
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, text=True, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

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
        wait_until(lambda: time.monotonic() > self.begun + NEXT_PRESS_S, what="the time between two presses")
        return self.run(*words, "--patience", "1")

    def sign_in(self, *words: str, password: str = PASSWORD) -> Said:
        where = ["--server", self.address, "--hall", HALL, "--username", f"clerk{self.window}", "--window", self.window]
        return self.run("sign-in", *where, *words, given=f"{password}\n")


@dataclass
class Thief:
    """A road to the server. What stands in ``steals`` reaches it, and its answer nobody; ``then`` comes between."""

    hall: ServedHall
    steals: str = ""
    then: Callable[[], Any] = lambda: None
    #: Requests that passed: method, path, key.
    seen: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def keys(self, noun: str) -> list[str]:
        return [key for _, path, key in self.seen if path.endswith(noun)]

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _handler(thief: Thief) -> type[BaseHTTPRequestHandler]:
    class Road(BaseHTTPRequestHandler):
        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            thief.seen.append((self.command, self.path, self.headers.get("Idempotency-Key", "")))
            self.close_connection = True
            try:
                answer = requests.request(
                    self.command,
                    thief.hall.server.address + self.path,
                    data=body,
                    headers=dict(self.headers),
                    timeout=10,
                )
            except requests.RequestException:
                return
            if thief.steals and self.path.endswith(thief.steals):
                thief.steals = ""
                thief.then()
                return
            self._give(answer)

        def _give(self, answer: requests.Response) -> None:
            self.send_response(answer.status_code)
            for name, value in answer.headers.items():
                if name.lower() not in HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        do_GET = do_POST = do_DELETE = pass_on  # noqa: N815 (the library's names)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    return Road
