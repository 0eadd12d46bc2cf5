"""The programs beside the server: the crowd that listens, the baselines; and what a process uses."""

import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from benchmarks import wire
from tests.support.postgres import free_port

ROOT = Path(__file__).resolve().parents[1]
#: How long a program may be silent, in seconds.
PATIENCE_S = 60.0
TICKS_PER_S = os.sysconf("SC_CLK_TCK")


class Program:
    """A module of the benchmarks in a process of its own, spoken to by lines; ends with its block."""

    def __init__(self, module: str, *arguments: str) -> None:
        command = [sys.executable, "-m", module, *arguments]
        self.process = subprocess.Popen(  # noqa: S603 - our own modules
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def hear(self) -> str:
        """The next line. Raises queue.Empty after a minute of silence, RuntimeError when it has ended."""
        line = self._lines.get(timeout=PATIENCE_S)
        if not line:
            raise RuntimeError(f"{self.process.args!r} ended: {self.process.wait()}")
        return line

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.process.kill()
        self.process.wait()


class Crowd(Program):
    """Readers of the news; see crowd.py."""

    def __init__(self) -> None:
        super().__init__("benchmarks.crowd")

    def ask(self, **order: Any) -> dict[str, Any]:
        self.say(json.dumps(order))
        return self.answer()

    def answer(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.hear())
        return answer

    def expect(self, group: str, words: str, times: int = 1, within_s: float = 30.0) -> None:
        """From now on listen for these words; ``arrivals`` then waits for them."""
        self.ask(do="expect", group=group, words=words, times=times, within_s=within_s)

    def arrivals(self, readers: int) -> list[int]:
        """When each reader had what it was to hear: Unix time in ns, ascending. Raises RuntimeError
        when somebody has not."""
        answer = self.answer()
        if answer["heard"] != readers:
            raise RuntimeError(f"only {answer['heard']} of {readers} readers heard the news")
        arrivals: list[int] = answer["arrivals"]
        return arrivals


class Bare(Program):
    """The bare broadcaster; see bare.py."""

    def __init__(self, frame: bytes) -> None:
        super().__init__("benchmarks.bare")
        self.say(frame.hex())
        self.port = int(self.hear())
        self._trigger: socket.socket = wire.connect(self.port)
        self._trigger.sendall(b"!")

    def tell(self, times: int = 1) -> None:
        self._trigger.sendall(b"." * times)

    def told(self, times: int = 1) -> None:
        """Wait until that many broadcasts have been written."""
        while times > 0:
            times -= len(self._trigger.recv(times))


class Hello:
    """The hello application behind the project's own kind of gunicorn worker; see hello.py."""

    def __init__(self) -> None:
        self.port = free_port()
        options = ["-b", f"127.0.0.1:{self.port}", "-c", "python:benchmarks.hello"]
        command = [sys.executable, "-m", "gunicorn", *options, "benchmarks.hello:app"]
        self.process = subprocess.Popen(  # noqa: S603 - our own module
            command,
            cwd=ROOT,
            env=os.environ | {"PYTHONWARNINGS": "ignore"},
            start_new_session=True,
        )

    @property
    def worker(self) -> int:
        return worker_of(self.process.pid)

    def __enter__(self) -> Self:
        wait_until_answered(self.port, "/", PATIENCE_S)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def wait_until_answered(port: int, path: str, within_s: float) -> None:
    """Ask until a server that is starting answers well. Raises TimeoutError."""
    give_up = time.monotonic() + within_s
    while time.monotonic() < give_up:
        with suppress(OSError), closing(wire.Http(port)) as http:
            if http.ask("GET", path)[0] == 200:
                return
        time.sleep(0.005)
    raise TimeoutError(f"no answer on port {port}")


def cpu_s(pid: int) -> float:
    """Processor seconds a process has used, all its threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_S


def memory_mb(pid: int) -> tuple[float, float]:
    """Resident and proportional memory (RSS, PSS) of a process."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    kilobytes = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines)}
    return kilobytes["Rss"] / 1024, kilobytes["Pss"] / 1024


def worker_of(master: int) -> int:
    """The worker behind a gunicorn master."""
    return int(Path(f"/proc/{master}/task/{master}/children").read_text().split()[0])
