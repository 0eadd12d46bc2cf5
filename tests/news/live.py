"""A program that reads the news over a real socket, as the display client does."""

import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import socketio

from queue_server.protocol import EVENT, HELLO, NAMESPACE, SYNC, TICK, VERSION
from tests.support.halls import HALL


class LiveReader:
    """Says ``sync`` after every ``hello`` and keeps what it is told, with the time of arrival."""

    def __init__(self, address: str, **auth: Any) -> None:
        self.address = address
        self.auth = {"v": VERSION, "hall": HALL, "scope": "public"} | auth
        self.hellos: list[dict[str, Any]] = []
        self.synced: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []
        self.arrivals: list[datetime] = []
        self.ticks: list[float] = []
        self.refusal = ""
        self.position: dict[str, Any] = {"epoch": "", "seq": 0, "hash": ""}
        self._seq_at_tick = -1
        self._lock = threading.Lock()
        self._client = socketio.Client(reconnection_delay=0.1, reconnection_delay_max=0.3, randomization_factor=0)
        for name, handler in ((HELLO, self._hello), (EVENT, self._event), (TICK, self._tick)):
            self._client.on(name, handler, namespace=NAMESPACE)
        self._client.on("connect_error", self._refused, namespace=NAMESPACE)

    def __enter__(self) -> "LiveReader":
        return self.connect()

    def __exit__(self, *error: object) -> None:
        self.leave()

    def connect(self) -> "LiveReader":
        options = {"namespaces": [NAMESPACE], "transports": ["websocket"], "auth": self.auth, "wait_timeout": 5}
        self._client.connect(self.address, **options)
        return self

    def leave(self) -> None:
        self._client.disconnect()

    def refused_with(self) -> str:
        """Try to connect; the code that came instead."""
        try:
            self.connect()
        except socketio.exceptions.ConnectionError:
            return self.refusal
        finally:
            self.leave()
        return "admitted"

    def _refused(self, reason: Any) -> None:
        self.refusal = reason["message"] if isinstance(reason, dict) else str(reason)

    def _hello(self, hello: dict[str, Any]) -> None:
        self.hellos.append(hello)
        self.ask(self.position)

    def ask(self, position: dict[str, Any]) -> None:
        """Ask; on a busy machine the library may handle the greeting before it knows that it is connected."""
        with suppress(socketio.exceptions.BadNamespaceError):
            self._client.emit(SYNC, position, namespace=NAMESPACE, callback=self._answer)

    def _answer(self, synced: dict[str, Any]) -> None:
        with self._lock:
            self.synced.append(synced)
            self._move(synced)

    def _event(self, event: dict[str, Any]) -> None:
        arrived = datetime.now(UTC)
        with self._lock:
            self.events.append(event)
            self.arrivals.append(arrived)
            if event["seq"] == self.position["seq"] + 1:
                self._move(self.position | event)

    def _move(self, to: dict[str, Any]) -> None:
        self.position = {name: to[name] for name in ("epoch", "seq", "hash")}

    def _tick(self, tick: dict[str, Any]) -> None:
        self.ticks.append(time.monotonic())
        if tick["seq"] > self.position["seq"] == self._seq_at_tick:
            # Behind for two ticks: a question or its answer was lost.
            self.ask(self.position)
        self._seq_at_tick = self.position["seq"]
