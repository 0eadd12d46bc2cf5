"""Raw connections: half a request, an open websocket."""

import base64
import os
import socket
import time
from dataclasses import dataclass

WEBSOCKET = "/socket.io/?EIO=4&transport=websocket"


def connect(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def refused(port: int) -> bool:
    """Whether nobody listens on the port."""
    try:
        connect(port).close()
    except ConnectionRefusedError:
        return True
    return False


@dataclass
class Websocket:
    """A websocket after its handshake; ``status`` is what the server answered to it."""

    port: int

    def __post_init__(self) -> None:
        self.connection = connect(self.port)
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            f"GET {WEBSOCKET} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
        ]
        self.connection.sendall("\r\n".join([*lines, "", ""]).encode())
        self.status = int(read_head(self.connection).split()[1])

    def is_cut(self, within_s: float) -> bool:
        """Whether the other end closes the connection in time."""
        deadline = time.monotonic() + within_s
        self.connection.settimeout(within_s)
        try:
            while time.monotonic() < deadline:
                if not self.connection.recv(65536):
                    return True
        except ConnectionError:
            return True
        except TimeoutError:
            pass
        return False

    def close(self) -> None:
        self.connection.close()


def read_head(connection: socket.socket) -> str:
    """The answer up to the end of its headers; empty when the other end hung up first."""
    received = b""
    while b"\r\n\r\n" not in received:
        part = connection.recv(1)
        if not part:
            break
        received += part
    return received.decode()


def read_all(connection: socket.socket) -> str:
    """Everything until the other end hangs up."""
    parts = iter(lambda: connection.recv(65536), b"")
    return b"".join(parts).decode()
