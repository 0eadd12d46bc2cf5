"""A websocket's connection, on which news can be written without waking anybody's green thread.

Part of the project's own worker, and like it one of the places that know the async library: it
takes a green socket apart. Every other place writes to readers through Socket.IO.
"""

import _socket  # what both the patched and the unpatched socket are made of
import struct
from typing import Any, Final

#: Where the worker leaves a websocket's wire for the app.
WIRE: Final = "hall.wire"


class Wire:
    """Stands for the green socket towards python-engineio, and lets whole frames be written at once.

    Two write here: the connection's own green thread (``sendall``), which waits for a slow reader, and
    ``write_now``, which never waits. Frames do not mix: while one is being sent, and until the rest of
    one that was cut short has gone, ``write_now`` refuses.
    """

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._busy = False
        self._rest = b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def get_socket(self) -> "Wire":
        """What python-engineio asks an eventlet server for: the connection's own socket."""
        return self

    def sendall(self, data: bytes, flags: int = 0) -> None:
        self._busy = True
        try:
            while self._rest:
                rest, self._rest = self._rest, b""
                self._connection.sendall(rest, flags)
            self._connection.sendall(data, flags)
        finally:
            self._busy = False

    def write_now(self, frame: bytes) -> bool:
        """Hand a frame to the system; False when it has no room or an earlier frame is still going out.

        Of a frame that was taken in part, the rest goes first with whatever is sent next: see ``behind``.
        """
        if self._busy or self._rest:
            return False
        try:
            sent = self._connection.fd.send(frame)
        except BlockingIOError:
            return False
        except OSError:
            # The reader is gone; the thread that reads from it finds out and cleans up.
            return True
        self._rest = frame[sent:]
        return True

    @property
    def behind(self) -> bool:
        """Whether the rest of a frame waits for the next ``sendall``."""
        return bool(self._rest)


def wire_for(connection: Any) -> Wire | None:
    """The wire of a plain TCP connection; None where bytes must go through TLS first."""
    system = getattr(connection, "fd", None)
    plain = isinstance(system, _socket.socket) and not hasattr(system, "do_handshake")
    return Wire(connection) if plain else None


def text_frame(payload: bytes) -> bytes:
    """A whole unmasked text message as one websocket frame (RFC 6455, 5.2)."""
    length = len(payload)
    if length < 126:
        return struct.pack(">BB", 0x81, length) + payload
    if length < 1 << 16:
        return struct.pack(">BBH", 0x81, 126, length) + payload
    return struct.pack(">BBQ", 0x81, 127, length) + payload
