"""Many cheap readers of the news in one process: raw sockets and epoll, the same for server and baseline.

The benchmarks run it as ``python -m benchmarks.crowd`` and write orders to it, one JSON object a
line: ``connect``, ``expect``, ``frame``, ``follow``, ``state``. It answers each with one line. It
speaks just enough of a websocket and of Socket.IO to be admitted and to answer pings, and takes the
times of arrival from the kernel: what is measured is the server, not this program.
"""

import json
import os
import re
import resource
import select
import socket
import sys
import time
from dataclasses import dataclass, field
from typing import Any

from benchmarks import wire

#: Engine.IO's ping, as a frame; no JSON contains these bytes.
PING, PONG = b"\x81\x012", wire.from_client("3")
#: Connections that are being opened at the same time.
ABREAST = 64
#: How every piece of news begins, with its position in the hall's log.
EVENT = re.compile(rb'\["event",\{"v":1,"seq":(\d+)')
OPENED, ADMITTED = b"0{", b'"hello"'


@dataclass
class Reader:
    connection: socket.socket
    group: "Group"
    #: What was heard before it was admitted.
    heard: bytes = b""
    #: How often the awaited words were heard, and when last (Unix time, ns).
    count: int = 0
    at: int = 0
    admitted: bool = False
    asked: bool = False
    #: The last news, and how many were missing before it.
    seq: int = 0
    missed: int = 0
    cut_off: bool = False


@dataclass
class Group:
    """The readers of one server."""

    name: str
    port: int
    #: Empty for a server that speaks plain websocket.
    hall: str = ""
    readers: list[Reader] = field(default_factory=list)
    admitted: int = 0
    awaited: bytes = b""
    times: int = 0
    done: int = 0
    give_up_at: float = 0.0
    frame: bytes = b""
    following: bool = False


class Crowd:
    def __init__(self) -> None:
        self._poll = select.epoll()
        self._readers: dict[int, Reader] = {}
        self.groups: dict[str, Group] = {}
        self._poll.register(sys.stdin.fileno(), select.EPOLLIN)
        self._input = b""
        self._over = False

    def run(self) -> None:
        """Work until whoever started this closes its end."""
        while not self._over:
            self._turn(0.05)
            for group in self.groups.values():
                if group.times and (group.done == len(group.readers) or time.monotonic() > group.give_up_at):
                    self._report(group)

    def _turn(self, timeout_s: float) -> None:
        for number, _events in self._poll.poll(timeout_s):
            reader = self._readers.get(number)
            if reader is None:
                self._orders()
            else:
                self._hear(reader)

    def _orders(self) -> None:
        part = os.read(sys.stdin.fileno(), 65536)
        self._over = not part
        *lines, self._input = (self._input + part).split(b"\n")
        for line in lines:
            order: dict[str, Any] = json.loads(line)
            getattr(self, order.pop("do"))(**order)

    # -- orders ------------------------------------------------------------------------------

    def connect(self, group: str, port: int, count: int, hall: str = "") -> None:
        """Open ``count`` connections and answer when all are admitted."""
        made = self.groups.setdefault(group, Group(group, port, hall))
        began = time.monotonic()
        while made.admitted < count and not self._over:
            if len(made.readers) < count and len(made.readers) - made.admitted < ABREAST:
                self._open(made)
                self._turn(0)
            else:
                self._turn(0.05)
        _say(group=group, connected=made.admitted, seconds=time.monotonic() - began)

    def expect(self, group: str, words: str, times: int, within_s: float) -> None:
        """Report when every reader has heard the words so often; ready when this is answered."""
        waiting = self.groups[group]
        for reader in waiting.readers:
            reader.count = reader.at = 0
        waiting.awaited, waiting.times, waiting.done = words.encode(), times, 0
        waiting.give_up_at = time.monotonic() + within_s
        _say(ready=True)

    def frame(self, group: str) -> None:
        """Answer the last frame that held the awaited words."""
        heard = self.groups[group]
        _say(frame=next(frame for frame in wire.frames(heard.frame) if heard.awaited in frame).hex())

    def follow(self, group: str) -> None:
        """From now on look at the position of every piece of news."""
        self.groups[group].following = True
        _say(following=True)

    def state(self, group: str) -> None:
        """Where the readers stand."""
        readers = self.groups[group].readers
        heard = [reader.seq for reader in readers if not reader.cut_off]
        missed, cut_off = sum(reader.missed for reader in readers), len(readers) - len(heard)
        _say(lowest=min(heard, default=0), highest=max(heard, default=0), missed=missed, cut_off=cut_off)

    # -- readers -----------------------------------------------------------------------------

    def _open(self, group: Group) -> None:
        connection = wire.connect(group.port, noted=True)
        connection.setblocking(False)
        connection.send(wire.upgrade(group.port))
        reader = self._readers[connection.fileno()] = Reader(connection, group)
        group.readers.append(reader)
        self._poll.register(connection.fileno(), select.EPOLLIN)

    def _hear(self, reader: Reader) -> None:
        try:
            data, at = wire.receive(reader.connection)
        except BlockingIOError:
            return
        if not data:
            # It will be missing when the readers who heard the news are counted.
            reader.cut_off = True
            self._poll.unregister(reader.connection.fileno())
            return
        if PING in data:
            reader.connection.send(PONG)
        if not reader.admitted:
            self._enter(reader, data)
        elif reader.group.following:
            self._read_on(reader, data)
        elif reader.group.times and (found := data.count(reader.group.awaited)):
            reader.count += found
            reader.at, reader.group.frame = at, data
            reader.group.done += reader.count == reader.group.times

    def _enter(self, reader: Reader, data: bytes) -> None:
        reader.heard += data
        group = reader.group
        if group.hall and not reader.asked and OPENED in reader.heard:
            reader.asked = True
            said = json.dumps({"v": 1, "hall": group.hall, "scope": "public"}, separators=(",", ":"))
            reader.connection.send(wire.from_client(f"40/news,{said}"))
        if (ADMITTED if group.hall else b"\r\n\r\n") in reader.heard:
            reader.admitted, reader.heard = True, b""
            group.admitted += 1

    @staticmethod
    def _read_on(reader: Reader, data: bytes) -> None:
        """Whole frames are looked at; the beginning of another waits for its rest."""
        reader.heard += data
        for frame in wire.frames(reader.heard):
            if not wire.is_whole(frame):
                reader.heard = frame
                return
            if found := EVENT.search(frame, 0, 64):
                seq = int(found[1])
                reader.missed += seq - reader.seq - 1 if reader.seq else 0
                reader.seq = seq
        reader.heard = b""

    @staticmethod
    def _report(group: Group) -> None:
        group.times = 0
        _say(heard=group.done, arrivals=sorted(reader.at for reader in group.readers if reader.at))


def _say(**answer: Any) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main() -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    Crowd().run()


if __name__ == "__main__":
    main()
