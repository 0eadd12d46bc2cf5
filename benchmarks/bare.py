"""The least a broadcaster can be: eventlet, one raw websocket per reader, one frame for all.

The baseline of ``call → news``: no framework, no rooms, no JSON, no database. Run by the
benchmarks as ``python -m benchmarks.bare``; the first line on its input is the frame in hex, the
first line of its output its port. A connection whose first byte is ``!`` is the trigger: for every
further byte the frame goes to all readers, then one byte back.
"""

import base64
import hashlib
import sys
import warnings
from typing import Any

warnings.filterwarnings("ignore", message="\nEventlet is deprecated")
import eventlet  # noqa: E402 - the warning comes with the import

MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Broadcaster:
    def __init__(self, frame: bytes) -> None:
        self._frame, self._readers = frame, dict[Any, None]()

    def serve(self, connection: Any, address: object) -> None:
        connection.setsockopt(6, 1, 1)  # TCP_NODELAY
        head = connection.recv(4096)
        if head.startswith(b"!"):
            while connection.recv(1):
                self._tell()
                connection.sendall(b".")
            return
        key = head.decode().partition("Sec-WebSocket-Key: ")[2].split("\r\n")[0]
        accept = base64.b64encode(hashlib.sha1(f"{key}{MAGIC}".encode()).digest()).decode()  # noqa: S324 - RFC 6455
        connection.sendall(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode()
        )
        self._readers[connection] = None
        try:
            while connection.recv(4096):
                pass
        finally:
            self._readers.pop(connection, None)

    def _tell(self) -> None:
        for reader in list(self._readers):
            reader.sendall(self._frame)


def main() -> None:
    frame = bytes.fromhex(sys.stdin.readline())
    listener = eventlet.listen(("127.0.0.1", 0), backlog=2048)
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    eventlet.serve(listener, Broadcaster(frame).serve, concurrency=20_000)


if __name__ == "__main__":
    main()
