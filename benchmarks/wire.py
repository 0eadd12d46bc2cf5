"""The cheapest clients there are: HTTP and websocket as bytes on a socket. Standard library only."""

import base64
import json
import os
import socket
import struct
import time
from collections.abc import Iterator
from typing import Any

WEBSOCKET = "/socket.io/?EIO=4&transport=websocket"
#: ``SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE``: the kernel notes when data arrived.
_SO_TIMESTAMPING, _ARRIVAL = 37, 1 << 3 | 1 << 4
_LARGEST = 1 << 20
#: An HTTP connection that was idle for longer is opened anew, in seconds: servers let go of them.
IDLE_S = 8.0


def connect(port: int, noted: bool = False) -> socket.socket:
    """A connection to loopback. With ``noted`` the kernel notes the time of every arrival."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if noted:
        connection.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPING, _ARRIVAL)
    return connection


def receive(connection: socket.socket) -> tuple[bytes, int]:
    """What has arrived, and when the kernel had it: Unix time in ns.

    Not the time of reading: a reader that is still busy with the others would measure itself.
    """
    data, notes, _flags, _address = connection.recvmsg(_LARGEST, 128)
    for _level, kind, content in notes:
        if kind == _SO_TIMESTAMPING:
            seconds, nanoseconds = struct.unpack_from("qq", content)
            return data, seconds * 1_000_000_000 + nanoseconds
    return data, time.time_ns()


def upgrade(port: int) -> bytes:
    """The request that opens a websocket."""
    lines = [
        f"GET {WEBSOCKET} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        "Sec-WebSocket-Version: 13",
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def from_client(text: str) -> bytes:
    """A short text frame as a client sends it; masked with zeros, which changes nothing."""
    content = text.encode()
    assert len(content) < 126, "only the short form is spoken"
    return bytes([0x81, 0x80 | len(content), 0, 0, 0, 0]) + content


def frames(data: bytes) -> Iterator[bytes]:
    """The websocket frames of a server, each with its head; the last may not be whole."""
    while data:
        yield data[: _length(data)]
        data = data[_length(data) :]


def is_whole(frame: bytes) -> bool:
    return len(frame) == _length(frame)


def _length(data: bytes) -> int:
    """How long the frame is that begins here, as far as its head says."""
    if len(data) < 2:
        return 2
    short, head = data[1] & 0x7F, 2
    if short < 126:
        return head + short
    head += 2 if short == 126 else 8
    return head + int.from_bytes(data[2:head], "big") if len(data) >= head else head


class Http:
    """One connection that is kept open, with what every request of its owner carries."""

    def __init__(self, port: int, headers: dict[str, str] | None = None) -> None:
        self.port, self.connection, self._rest = port, connect(port), b""
        self.headers = headers or {}
        self._used_at = time.monotonic()

    def request(self, method: str, path: str, body: Any = None, **headers: str) -> bytes:
        """A whole request as bytes."""
        content = b"" if body is None else json.dumps(body).encode()
        sent = {"Host": f"127.0.0.1:{self.port}", "Content-Length": str(len(content))} | self.headers | headers
        if body is not None:
            sent["Content-Type"] = "application/json"
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
        return "\r\n".join([*lines, "", ""]).encode() + content

    def send(self, request: bytes) -> None:
        if time.monotonic() - self._used_at > IDLE_S:
            self.close()
            self.connection = connect(self.port)
        self._used_at = time.monotonic()
        self.connection.sendall(request)

    def answer(self) -> tuple[int, dict[str, str], bytes]:
        """Status, headers by small letters, and body of the next answer. Raises ConnectionError when there is none."""
        while b"\r\n\r\n" not in self._rest:
            self._read()
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        length = int(headers.get("content-length", 0))
        while len(self._rest) < length:
            self._read()
        body, self._rest = self._rest[:length], self._rest[length:]
        return int(status.split()[1]), headers, body

    def _read(self) -> None:
        part = self.connection.recv(_LARGEST)
        if not part:
            raise ConnectionError("the server hung up")
        self._rest += part

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
        self.send(self.request(method, path, body, **headers))
        return self.answer()

    def close(self) -> None:
        self.connection.close()
