"""The Socket.IO connection: keeps it up for ever and puts whatever comes in into one box for the program's thread."""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import socketio

from queue_server.protocol import EVENT, HELLO, HERE, NAMESPACE, SYNC, TICK, VERSION, Scope

logger = logging.getLogger(__name__)

#: Pause before the next attempt to connect, in seconds: a restart of the server takes about as long.
PAUSE_S = 1.0
#: How long the server may take to admit us, in seconds.
ADMIT_WITHIN_S = 5
#: Names of the inbox's messages besides those of the protocol.
SYNCED, DOWN, REFUSED = "synced", "down", "refused"


@dataclass(frozen=True)
class Message:
    """Something heard: a message of the protocol, or news of the connection itself."""

    name: str
    data: Any = None


class Link:
    """One connection after another. Its thread only connects and waits; the program's thread reads ``inbox``."""

    def __init__(
        self,
        server: str,
        hall: str,
        token: str | None,
        scope: Scope = "public",
        cookie: str = "",
        pause: Callable[[int], float] = lambda failures: PAUSE_S,
    ) -> None:
        """A device has a ``token``; a program that speaks for a member of staff has a session's ``cookie``.

        ``pause`` is the time before the next attempt, in seconds, after so many failures in a row.
        """
        self.inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._server, self._pause = server, pause
        self._auth = {"v": VERSION, "hall": hall, "scope": scope} | ({} if token is None else {"token": token})
        self._headers = {"Cookie": cookie} if cookie else {}
        self._client: Any = None

    def run(self, stopping: threading.Event) -> None:
        """Connect, wait for the end of the connection, connect again, until told to stop."""
        failures = 0
        while not stopping.is_set():
            self._client = client = self._new_client()
            try:
                client.connect(
                    self._server, headers=self._headers, auth=self._auth, transports=["websocket"],
                    namespaces=[NAMESPACE], wait_timeout=ADMIT_WITHIN_S,
                )  # fmt: skip
            except (socketio.exceptions.SocketIOError, OSError, ValueError) as error:
                # Whatever half an answer of a dying server makes of the handshake: the next try may be whole.
                logger.debug("no connection: %s", error)
                failures += 1
            else:
                failures = 0
                client.eio.wait()
            self._client = None
            _hang_up(client)
            self.inbox.put(Message(DOWN))
            stopping.wait(self._pause(failures))

    def _new_client(self) -> Any:
        # Reconnection is ours: python-socketio's own would go on with the state of the dead connection.
        client = socketio.Client(reconnection=False, handle_sigint=False)
        for name in (HELLO, EVENT, TICK):
            client.on(name, self._putting(name), namespace=NAMESPACE)
        client.on("connect_error", self._refused, namespace=NAMESPACE)
        return client

    def _putting(self, name: str) -> Any:
        return lambda data: self.inbox.put(Message(name, data))

    def _refused(self, data: object = None) -> None:
        """The server, or the network, said no. Only the server's word has the form of a code."""
        said = data.get("message") if isinstance(data, dict) else data
        self.inbox.put(Message(REFUSED, str(said)))

    def ask(self, place: dict[str, Any]) -> None:
        """Send ``sync``; the answer comes as a SYNCED message, or never when the connection is gone."""
        self._emit(SYNC, place, callback=lambda answer: self.inbox.put(Message(SYNCED, answer)))

    def here(self, told: dict[str, Any] | None = None) -> None:
        """Say that the device is alive, and how it is."""
        self._emit(HERE, told or {})

    def close(self) -> None:
        client = self._client
        if client is not None and client.connected:
            client.disconnect()

    def _emit(self, name: str, data: dict[str, Any], **more: Any) -> None:
        try:
            client = self._client
            if client is not None:
                client.emit(name, data, namespace=NAMESPACE, **more)
        except socketio.exceptions.SocketIOError as error:
            logger.debug("%s not sent: %s", name, error)


def _hang_up(client: Any) -> None:
    """Close what the library leaves open when a connection dies before the hall has let us in: on a bad
    network each try would keep a socket and a thread."""
    socket = getattr(client.eio, "ws", None)
    if socket is not None:
        socket.shutdown()
