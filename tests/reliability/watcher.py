"""A reader of the news who misses nothing of what comes over the wire, nor its order.

python-socketio's client hands each message to a thread of its own, so that two may change places on
the way to a test. This one speaks the protocol itself, in one thread, and comes back after a kill.
"""

import json
import threading
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import websocket

from queue_server.protocol import EVENT, HELLO, NAMESPACE, SYNC, VERSION
from tests.reliability.history import Told
from tests.support.halls import HALL

#: Engine.IO and Socket.IO packets, as they stand before a message.
PING, PONG, CONNECT, MESSAGE, ANSWER = "2", "3", f"40{NAMESPACE},", f"42{NAMESPACE},", f"43{NAMESPACE},"
#: Pause before the next attempt to connect, in seconds.
AGAIN_S = 0.05


class Watcher:
    """``committed`` says where the log stands; it is asked at the moment a piece of news comes."""

    def __init__(self, address: str, committed: Callable[[], int] = lambda: 0) -> None:
        self.address = address
        self._url = address.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        self._committed = committed
        self._over = threading.Event()
        self.position: dict[str, Any] = {"epoch": "", "seq": 0, "hash": ""}
        self.synced: list[dict[str, Any]] = []
        #: News as they came, over all connections.
        self.told: list[Told] = []
        #: What went wrong on the wire, in order; connections that ended are no fault of the server's.
        self.ends: list[str] = []
        self._thread = threading.Thread(target=self._read_for_ever, daemon=True)

    def __enter__(self) -> "Watcher":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join(30)
        assert not self._thread.is_alive()

    def _read_for_ever(self) -> None:
        while not self._over.is_set():
            try:
                self._read()
            except (OSError, websocket.WebSocketException) as error:
                self.ends.append(repr(error))
                self._over.wait(AGAIN_S)

    def _read(self) -> None:
        """One connection, until it ends or the watch is over."""
        connection = websocket.create_connection(self._url, timeout=5)
        try:
            connection.settimeout(0.2)
            connection.send(CONNECT + json.dumps({"v": VERSION, "hall": HALL, "scope": "public"}))
            while not self._over.is_set():
                try:
                    text = str(connection.recv())
                except websocket.WebSocketTimeoutException:
                    continue
                if not text:
                    raise ConnectionError("closed")
                self._hear(connection, text)
        finally:
            connection.close()

    def _hear(self, connection: websocket.WebSocket, text: str) -> None:
        if text == PING:
            connection.send(PONG)
        elif text.startswith(MESSAGE):
            name, message = json.loads(text.removeprefix(MESSAGE))
            if name == HELLO:
                connection.send(MESSAGE.replace(",", ",1") + json.dumps([SYNC, self.position]))
            elif name == EVENT:
                self._event(message)
        elif text.startswith(ANSWER):
            (answer,) = json.loads(text[text.index("[") :])
            self.synced.append(answer)
            self._move(answer)

    def _event(self, event: dict[str, Any]) -> None:
        self.told.append(Told(event["seq"], self._committed()))
        if event["seq"] == self.position["seq"] + 1:
            self._move(event)

    def _move(self, to: dict[str, Any]) -> None:
        self.position = {name: to.get(name, self.position[name]) for name in self.position}

    def problems(self, last: int) -> list[str]:
        """What it missed of the news up to ``last``, or was told in another order, on one connection."""
        first = self.synced[0]["seq"]
        seqs = [told.seq for told in self.told if first < told.seq <= last]
        if seqs == list(range(first + 1, last + 1)):
            return []
        missed = sorted(set(range(first + 1, last + 1)) - set(seqs))
        turned = [(a, b) for a, b in pairwise(seqs) if b != a + 1]
        return [f"{self.address}: news up to {last}: missed {missed[:20]}, out of order {turned[:10]}"]
