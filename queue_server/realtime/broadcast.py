"""One message to many readers: encoded once, and written once to each.

Socket.IO queues a message for every reader and wakes a green thread for each, which packs and
sends it. That is 50 µs a reader. Here the frame is made once and handed to each reader's socket,
10 µs a reader, nearly all of it the system call. Whoever cannot take it at once gets it the usual way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engineio.packet import NOOP
from engineio.packet import Packet as EnginePacket
from flask_socketio import SocketIO
from socketio.packet import EVENT, Packet

from queue_server.gunicorn_wire import WIRE, Wire, text_frame
from queue_server.metrics import SENT
from queue_server.protocol import NAMESPACE

#: After so many readers others get their turn: at 10 µs a reader the event loop is held for 2 ms.
PORTION = 200


@dataclass(slots=True)
class Line:
    """One reader's way out: python-engineio's socket, and the wire under it."""

    sid: str
    engine: Any
    wire: Wire
    #: Set when the reader is cut off or gone: a broadcast that is under way must not reach it any more.
    left: bool = False

    def write_now(self, frame: bytes) -> bool:
        """Whether the frame is on its way; never before what already waits for this reader."""
        if self.left or self.engine.closed or not self.engine.queue.empty() or not self.wire.write_now(frame):
            return False
        if self.wire.behind:
            # Sent like any packet, and ignored by readers: the rest of the frame goes out before it.
            self.engine.send(EnginePacket(NOOP))
        return True


def _frame(name: str, message: object) -> bytes:
    packet = Packet(EVENT, data=[name, message], namespace=NAMESPACE)
    return text_frame(b"4" + packet.encode().encode())


class Broadcast:
    """The readers of every room that can be written to directly, and how to reach the others."""

    def __init__(self, socketio: SocketIO) -> None:
        self._socketio = socketio
        self._lines: dict[str, dict[str, Line]] = {}

    def join(self, room: str, sid: str, environ: dict[str, Any]) -> bool:
        """Write to this reader directly from now on; False where its server has no wire for it."""
        server, wire = self._socketio.server, environ.get(WIRE)
        engine = server.eio.sockets.get(server.manager.eio_sid_from_sid(sid, NAMESPACE))
        if wire is None or engine is None:
            return False
        self._lines.setdefault(room, {})[sid] = Line(sid, engine, wire)
        return True

    def leave(self, room: str, sid: str) -> None:
        line = self._lines.get(room, {}).pop(sid, None)
        if line is not None:
            line.left = True

    def send(self, name: str, messages: Sequence[object], room: str) -> None:
        """Tell everybody in a room, in this order: the direct ones in one write, the others as Socket.IO does."""
        lines = list(self._lines.get(room, {}).values())
        if lines:
            self._write(lines, name, messages)
        if room in self._socketio.server.manager.rooms.get(NAMESPACE, {}):
            self._emit(name, messages, room)

    def _emit(self, name: str, messages: Sequence[object], to: str) -> None:
        for message in messages:
            self._socketio.emit(name, message, namespace=NAMESPACE, to=to)

    def _write(self, lines: Sequence[Line], name: str, messages: Sequence[object]) -> None:
        frames = b"".join(_frame(name, message) for message in messages)
        queued = 0
        for count, line in enumerate(lines, 1):
            if not line.write_now(frames) and not line.left:
                queued += 1
                self._emit(name, messages, line.sid)
            if count % PORTION == 0:
                self._socketio.sleep(0)
        SENT.labels("queued").inc(queued)
        SENT.labels("at_once").inc(len(lines) - queued)
